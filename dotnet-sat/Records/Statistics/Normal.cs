namespace Sat.Records.Statistics;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>P(Z &lt; z), to 1e-15, by its series (Abramowitz and Stegun, 26.2.11).</summary>
    public static double Below(double z)
    {
        if (Math.Abs(z) > 8.3)
            return z > 0 ? 1 : 0;
        var (term, sum) = (z, z);
        for (var k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2)
            sum += term *= z * z / k;
        return 0.5 + sum * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
    }

    /// <summary>The z above which a share lies, to 4.5e-4 (Abramowitz and Stegun, 26.2.23): where a search begins.</summary>
    /// <param name="probability">In (0, 0.5].</param>
    public static double AboutQuantile(double probability)
    {
        var t = Math.Sqrt(-2 * Math.Log(probability));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}
