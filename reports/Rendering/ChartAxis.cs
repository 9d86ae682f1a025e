namespace Sat.Reports.Rendering;

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

    private const string Logarithmic = ", logarithmic scale";

    /// <summary>What it measures: its title, whatever its scale.</summary>
    public string Name => Title.EndsWith(Logarithmic, StringComparison.Ordinal) ? Title[..^Logarithmic.Length] : Title;

    /// <summary>True where equal distances are equal ratios; it begins above 0 then.</summary>
    public bool IsLog { get; init; }

    /// <summary>True where it measures percent.</summary>
    public bool IsShare { get; init; }

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
        return new ChartAxis("epoch" + Logarithmic, 1, last, 1) { IsLog = true, Marks = marks };
    }

    /// <summary>With a tick at each of some values, two of them or more; on a logarithmic scale where they span more than an order of
    /// magnitude.</summary>
    public static ChartAxis At(string title, IEnumerable<double> values)
    {
        double[] marks = [.. values.Distinct().Order()];
        var (first, last) = (marks[0], marks[^1]);
        var isLog = first > 0 && last / first > LinearRatio;
        return new ChartAxis(isLog ? title + Logarithmic : title, first, last, last - first) { IsLog = isLog, Marks = marks };
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
        return new ChartAxis(fitted.Title, fitted.Low, fitted.High, fitted.Step) { IsShare = true };
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
        for (var i = 0; First + i * Step <= Last + 1e-6 * Step; i++)
            yield return First + i * Step;
    }
}
