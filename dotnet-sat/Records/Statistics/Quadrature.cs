namespace Sat.Records.Statistics;

/// <summary>Integrals by Gauss and Legendre's rule of 16 points over equal panels.</summary>
internal static class Quadrature
{
    private const int Points = 16;

    private static readonly (double At, double Weight)[] Rule = [.. Enumerable.Range(0, Points).Select(Node)];

    /// <summary>The points of an integral, and what the values there count.</summary>
    /// <param name="low">Where it begins.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="panels">How many.</param>
    public static IEnumerable<(double At, double Weight)> Over(double low, double high, int panels)
    {
        var half = (high - low) / panels / 2;
        for (var panel = 0; panel < panels; panel++)
        {
            foreach (var (at, weight) in Rule)
                yield return (low + (2 * panel + 1 + at) * half, weight * half);
        }
    }

    /// <summary>A zero of Legendre's polynomial, by Newton's steps (Abramowitz and Stegun, 25.4.29).</summary>
    private static (double At, double Weight) Node(int i)
    {
        var x = Math.Cos(Math.PI * (i + 0.75) / (Points + 0.5));
        for (var step = 0; ; step++)
        {
            var (p, before) = (1.0, 0.0);
            for (var k = 0; k < Points; k++)
                (p, before) = (((2 * k + 1) * x * p - k * before) / (k + 1), p);
            var slope = Points * (x * p - before) / (x * x - 1);
            if (step == 20)
                return (x, 2 / ((1 - x * x) * slope * slope));
            x -= p / slope;
        }
    }
}
