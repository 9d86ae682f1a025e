namespace Sat.Records.Statistics;

/// <summary>The logarithm of the gamma function, by Stirling's series (Abramowitz and Stegun, 6.1.41) above 12, to which smaller arguments
/// are raised by its recurrence.</summary>
internal static class LogGamma
{
    private const double HalfLogTwoPi = 0.918938533204672741780329736406;

    /// <summary>Of x &gt; 0.</summary>
    public static double At(double x)
    {
        var raised = 1.0;
        for (; x < 12; x++)
            raised *= x;
        var (inverse, square) = (1 / x, 1 / (x * x));
        var series =
            inverse
            * (
                1.0 / 12
                - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * 691 / 360360))))
            );
        return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + series - Math.Log(raised);
    }
}
