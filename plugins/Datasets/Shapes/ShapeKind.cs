namespace Sat.Datasets.Shapes;

/// <summary>A kind of shape: the points of the plane that belong to it, within about a unit of the origin.</summary>
/// <param name="Name">The class name.</param>
/// <param name="Contains">Whether a point belongs to it.</param>
sealed record ShapeKind(string Name, Func<double, double, bool> Contains)
{
    /// <summary>The classes, in the order of their numbers.</summary>
    public static IReadOnlyList<ShapeKind> All { get; } =
    [
        new("disc", (x, y) => x * x + y * y < 0.8 * 0.8),
        new("ring", (x, y) => x * x + y * y is > 0.5 * 0.5 and < 0.9 * 0.9),
        new("crescent", (x, y) => x * x + y * y < 0.9 * 0.9 && (x - 0.45) * (x - 0.45) + y * y > 0.75 * 0.75),
        new("square", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.7),
        new("frame", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) is > 0.4 and < 0.72),
        new("triangle", (x, y) => y > -0.5 && y + 1.732 * Math.Abs(x) < 1),
        new("cross", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.9 && Math.Min(Math.Abs(x), Math.Abs(y)) < 0.28),
        new("star", InStar),
        new("hourglass", (x, y) => Math.Abs(y) < 0.85 && Math.Abs(x) < 0.1 + 0.75 * Math.Abs(y)),
        new("bars", (x, y) => Math.Abs(x) is > 0.25 and < 0.65 && Math.Abs(y) < 0.85),
    ];

    /// <summary>Five points at distance 1: inside at least four of the five lines that join every second of them.</summary>
    private static bool InStar(double x, double y)
    {
        // Normals of the lines at multiples of 72 degrees: sines and cosines as decimals, for libraries differ in their last bit.
        var inside = 0;
        inside += y > -0.309 ? 1 : 0;
        inside += 0.951 * x + 0.309 * y > -0.309 ? 1 : 0;
        inside += 0.588 * x - 0.809 * y > -0.309 ? 1 : 0;
        inside += -0.588 * x - 0.809 * y > -0.309 ? 1 : 0;
        inside += -0.951 * x + 0.309 * y > -0.309 ? 1 : 0;
        return inside >= 4 && x * x + y * y < 1.02;
    }
}
