namespace Sat.Records.Statistics;

/// <summary>Student's distribution for whole degrees of freedom, where its integral is a finite sum (Abramowitz and Stegun, 26.7.3 and
/// 26.7.4).</summary>
public static class StudentT
{
    /// <summary>The t for which |T| &lt; t with a given probability.</summary>
    /// <param name="probability">In (0, 1), such as 0.95.</param>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    public static double TwoSided(double probability, int freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        // Bisection over the angle atan(t / sqrt(freedom)), in which the probability grows from 0 to 1.
        var (low, high) = (0.0, Math.PI / 2);
        while (low + (high - low) / 2 is var middle && middle > low && middle < high)
            (low, high) = Within(middle, freedom) < probability ? (middle, high) : (low, middle);
        return Math.Tan(low) * Math.Sqrt(freedom);
    }

    /// <summary>P(|T| &lt; t) of the angle.</summary>
    private static double Within(double angle, int freedom)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var isOdd = freedom % 2 == 1;
        var term = isOdd ? cosine : 1.0;
        var sum = freedom == 1 ? 0 : term;
        for (var k = isOdd ? 3 : 2; k <= freedom - 2; k += 2)
            sum += term *= (k - 1.0) / k * cosine * cosine;
        return isOdd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }
}
