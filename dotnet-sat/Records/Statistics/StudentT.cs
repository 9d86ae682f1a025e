namespace Sat.Records.Statistics;

/// <summary>Student's distribution, whose tails are an incomplete beta function (Abramowitz and Stegun, 26.7.1).</summary>
public static class StudentT
{
    /// <summary>P(T &gt; t), with its digits in far tails too.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    public static double Above(double t, double freedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(freedom);
        if (t < 0)
            return 1 - Above(-t, freedom);
        var sum = freedom + t * t;
        return double.IsInfinity(sum) ? 0 : Beta.Below(freedom / sum, t * t / sum, freedom / 2, 0.5) / 2;
    }

    /// <summary>The t for which |T| &lt; t with a given probability.</summary>
    /// <param name="probability">In (0, 1), such as 0.95.</param>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    public static double TwoSided(double probability, double freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        var tail = (1 - probability) / 2;
        var height = LogGamma.At((freedom + 1) / 2) - LogGamma.At(freedom / 2) - Math.Log(freedom * Math.PI) / 2;
        // The tail is convex, and heavier than the normal one: Newton's steps from the left never overshoot.
        var t = Math.Max(0, Normal.AboutQuantile(tail) - 1e-3);
        for (var i = 0; i < 1000; i++)
        {
            var step = (Above(t, freedom) - tail) / Math.Exp(height - (freedom + 1) / 2 * Math.Log(1 + t * t / freedom));
            t += step;
            if (Math.Abs(step) <= 1e-14 * t)
                break;
        }
        return t;
    }
}
