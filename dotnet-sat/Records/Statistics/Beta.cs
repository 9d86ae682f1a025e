namespace Sat.Records.Statistics;

/// <summary>The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun, 26.5.8) in Lentz's form.</summary>
internal static class Beta
{
    /// <summary>The distribution's function at x.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="rest">1 - x, which keeps its digits where x is close to 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Below(double x, double rest, double a, double b)
    {
        if (x <= 0)
            return 0;
        if (rest <= 0)
            return 1;
        return x < (a + 1) / (a + b + 2)
            ? Front(x, rest, a, b) * Fraction(x, a, b) / a
            : 1 - Front(rest, x, b, a) * Fraction(rest, b, a) / b;
    }

    /// <summary>The x below which a share of the distribution lies.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Quantile(double probability, double a, double b)
    {
        var (low, high) = (0.0, 1.0);
        while (low + (high - low) / 2 is var middle && middle > low && middle < high)
            (low, high) = Below(middle, 1 - middle, a, b) < probability ? (middle, high) : (low, middle);
        return high;
    }

    private static double Front(double x, double rest, double a, double b) =>
        Math.Exp(LogGamma.At(a + b) - LogGamma.At(a) - LogGamma.At(b) + a * Math.Log(x) + b * Math.Log(rest));

    private static double Fraction(double x, double a, double b)
    {
        const double least = 1e-300;
        const int most = 100_000;
        static double Away(double value) => Math.Abs(value) < least ? least : value;
        var c = 1.0;
        var d = 1 / Away(1 - (a + b) * x / (a + 1));
        var fraction = d;
        for (var m = 1; m < most; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            fraction *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
                break;
        }
        return fraction;
    }
}
