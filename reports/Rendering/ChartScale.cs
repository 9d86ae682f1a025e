using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>A vertical axis.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Step">From one line of the grid to the next.</param>
/// <param name="Unit">Of the values; empty: none.</param>
/// <param name="Title">What it measures, with its unit.</param>
internal sealed record ChartScale(double Low, double High, double Step, string Unit, string Title)
{
    private const string Percent = "%";

    /// <summary>What lies closer together has no steps between that a number could tell apart.</summary>
    private const double LeastRange = 1e-200;

    /// <summary>Points, in percent, that a scale covers at least: less is noise made large.</summary>
    private const double LeastSpan = 2;

    private static readonly double[] ShareSteps = [0.5, 1, 2, 5, 10, 20];

    /// <summary>Round limits around some shares, in percent; 0 to 100 around none.</summary>
    public static ChartScale Share(string title, IEnumerable<double> values)
    {
        var known = values.Where(double.IsFinite).Select(v => Math.Clamp(v, 0, 100)).DefaultIfEmpty(100).ToArray();
        var (low, high) = (known.Min(), known.Max());
        if (known is [100])
            low = 0;
        if (high - low < LeastSpan)
        {
            low = Math.Clamp((low + high - LeastSpan) / 2, 0, 100 - LeastSpan);
            high = low + LeastSpan;
        }
        int First(double s) => (int)Math.Floor(low / s + 1e-9);
        int Last(double s) => (int)Math.Ceiling(high / s - 1e-9);
        var step = ShareSteps.First(s => Last(s) - First(s) <= 5);
        return new ChartScale(step * First(step), step * Last(step), step, Percent, $"{title} ({Percent})");
    }

    /// <summary>Round limits around some values, with 0 among them where that costs no more than half of the height.</summary>
    public static ChartScale Around(string title, IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > 0 && low <= high / 2)
            low = 0;
        if (high < 0 && high >= low / 2)
            high = 0;
        if (high - low <= Math.Max(LeastRange, 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high))))
            (low, high) = Math.Abs(low) <= LeastRange ? (0, 1) : (low - Math.Abs(low) / 2, high + Math.Abs(high) / 2);
        var power = Math.Pow(10, Math.Floor(Math.Log10((high - low) / 4)));
        var step = power * new[] { 1, 2, 2.5, 5, 10 }.First(s => (high - low) / (s * power) <= 5);
        return new ChartScale(step * Math.Floor(low / step + 1e-9), step * Math.Ceiling(high / step - 1e-9), step, "", title);
    }

    /// <summary>Lines of the grid, from the lowest.</summary>
    public IEnumerable<double> Levels() => Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + i * Step);

    /// <summary>A level's number.</summary>
    public string Text(double level)
    {
        var decimals = (int)
            Math.Clamp(
                -Math.Floor(Math.Log10(Step) - 1e-9)
                    + (Math.Round(Step / Math.Pow(10, Math.Floor(Math.Log10(Step) + 1e-9)), 6).Equals(2.5) ? 1 : 0),
                0,
                9
            );
        return Format.Plain(Math.Round(level, Math.Max(decimals, 0)) + 0.0);
    }

    /// <summary>A value in a table.</summary>
    public string Number(double value) => Unit.Length > 0 ? Format.Number(value) : Format.Plain(value);
}
