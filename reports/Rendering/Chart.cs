namespace Sat.Reports.Rendering;

/// <summary>A point of a line: a mean, and how far the seeds behind it spread.</summary>
/// <param name="X">Where it stands on the horizontal axis.</param>
/// <param name="Y">How high, on the scale of its chart.</param>
/// <param name="Low">Lower end of the spread; equal to <paramref name="Y"/> without one.</param>
/// <param name="High">Upper end of the spread.</param>
internal readonly record struct ChartPoint(double X, double Y, double Low, double High)
{
    public ChartPoint(double x, double y)
        : this(x, y, y, y) { }
}

/// <summary>How the spread behind a line is drawn.</summary>
internal enum SpreadMark
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A shaded band from the lowest to the highest.</summary>
    Band,

    /// <summary>A stroke at each point, which has a mark of its own.</summary>
    Whiskers,
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Color">Number of its colour: the style sheet's <c>--series-N</c>.</param>
/// <param name="Dash">Lengths of strokes and gaps, so that colour is not the only difference; empty: solid.</param>
/// <param name="Points">Its points, from left to right.</param>
/// <param name="Spread">How their spread is drawn.</param>
/// <param name="Seeds">Thin lines behind it, one a seed; empty: none.</param>
internal sealed record ChartLine(
    string Name,
    int Color,
    string Dash,
    IReadOnlyList<ChartPoint> Points,
    SpreadMark Spread,
    IReadOnlyList<IReadOnlyList<ChartPoint>> Seeds
)
{
    /// <summary>Marks apart from the line: values that others published.</summary>
    public IReadOnlyList<ChartPoint> Published { get; init; } = [];

    /// <summary>Colours that the style sheet has.</summary>
    public const int Colors = 6;

    private static readonly string[] Dashes = ["", "10 5", "2.5 4", "12 4 2.5 4", "5 3", "1.5 2.5"];

    /// <summary>A colour and a dash for the n-th method, unlike those of the 35 before it; the first three have colours that no curve of a
    /// single cell has.</summary>
    public static (int Color, string Dash) Look(int n) => ((n + 3) % Colors + 1, Dashes[(n + n / Colors) % Dashes.Length]);
}

/// <summary>A vertical line across a chart, where something begins.</summary>
/// <param name="At">Where it stands on the horizontal axis.</param>
/// <param name="Text">What begins there.</param>
internal sealed record ChartRule(double At, string Text);

/// <summary>A horizontal axis.</summary>
/// <param name="Title">What it measures, with its unit.</param>
/// <param name="First">Where it begins.</param>
/// <param name="Last">Where it ends.</param>
/// <param name="Step">From one tick to the next.</param>
internal sealed record ChartAxis(string Title, double First, double Last, double Step)
{
    /// <summary>Up to so many epochs there is room for ticks between powers of ten.</summary>
    private const double MostFineTicks = 500;

    private const double LinearRatio = 10;

    /// <summary>True where equal distances are equal ratios; it begins above 0 then.</summary>
    public bool IsLog { get; init; }

    /// <summary>Where its ticks are; null: at every step.</summary>
    public IReadOnlyList<double>? Marks { get; init; }

    /// <summary>From the first epoch to the last, on a logarithmic scale.</summary>
    public static ChartAxis LogEpochs(double last)
    {
        last = Math.Max(2, last);
        var factors = last > MostFineTicks ? new[] { 1.0 } : [1, 2, 5];
        var marks = Enumerable
            .Range(0, 10)
            .SelectMany(power => factors.Select(f => f * Math.Pow(10, power)))
            .Where(m => m <= last)
            .ToArray();
        return new ChartAxis("epoch, logarithmic scale", 1, last, 1) { IsLog = true, Marks = marks };
    }

    /// <summary>With a tick at each of some values, two of them or more; on a logarithmic scale where they span more than an order of
    /// magnitude.</summary>
    public static ChartAxis At(string title, IEnumerable<double> values)
    {
        double[] marks = [.. values.Distinct().Order()];
        var (first, last) = (marks[0], marks[^1]);
        var isLog = first > 0 && last / first > LinearRatio;
        return new ChartAxis(isLog ? $"{title}, logarithmic scale" : title, first, last, last - first) { IsLog = isLog, Marks = marks };
    }

    /// <summary>How far a value is on the way from the first to the last: 0 to 1.</summary>
    public double Fraction(double value) =>
        IsLog ? Math.Log(Math.Max(value, First) / First) / Math.Log(Last / First) : (value - First) / (Last - First);

    /// <summary>From 0 to the last epoch, in steps of whole numbers.</summary>
    public static ChartAxis Epochs(double last)
    {
        last = Math.Max(1, last);
        var step = 1.0;
        for (var factor = 0; last / step > 6; factor++)
            step *= factor % 3 == 1 ? 2.5 : 2;
        return new ChartAxis("epoch", 0, last, step);
    }

    /// <summary>Round limits around some shares, in percent.</summary>
    public static ChartAxis Share(string title, IEnumerable<double> values)
    {
        var fitted = ChartScale.Share(title, values);
        return new ChartAxis(fitted.Title, fitted.Low, fitted.High, fitted.Step);
    }

    /// <summary>Its ticks, from the first.</summary>
    public IEnumerable<double> Ticks()
    {
        if (Marks is not null)
        {
            foreach (var mark in Marks)
                yield return mark;
            yield break;
        }
        for (var i = 0; First + i * Step <= Last + 1e-9; i++)
            yield return First + i * Step;
    }
}
