using System.Globalization;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Sweeps.Store;

namespace Sat.Tool.Display;

/// <summary>Values of stored runs as people read them, the same in every command: <c>93.42 %</c>, <c>1:02:03</c>, <c>1.2 GB</c>. JSON and
/// exports have the numbers themselves.</summary>
/// <param name="metrics">What is known of metrics; asked once, where there is a metric that is not the engine's own.</param>
internal sealed class StoredValue(Func<MetricCatalog> metrics)
{
    private static readonly MetricCatalog Engine = new([]);
    private readonly Lazy<MetricCatalog> _catalog = new(metrics);

    /// <summary>A run's value; <c>-</c> where it has none.</summary>
    public string Text(StoredRun run, string name) =>
        run.Locations.TryGetValue(name, out var path) && !run.Settings.ContainsKey(name) ? Path.GetFileName(path.TrimEnd('/', '\\'))
        : run.Metrics.TryGetValue(name, out var metric) ? Metric(name, metric)
        : Plain(name, run.Value(name));

    /// <summary>A value under its name, as it is stored.</summary>
    public string Text(string name, string? value) =>
        MetricSchema.IsName(name)
        && double.TryParse(value, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
        && IsShare(name)
            ? Metric(name, number)
            : Plain(name, value);

    /// <summary>Two values that differ, side by side: as people read them, or as they are stored where they would read the same.</summary>
    public (string First, string Second) Apart(RunDifference difference)
    {
        var (first, second) = (Side(difference, difference.First), Side(difference, difference.Second));
        return first == second ? (difference.First ?? "-", difference.Second ?? "-") : (first, second);
    }

    private string Side(RunDifference difference, string? value) =>
        difference.Kind == "metric" && double.TryParse(value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Metric(difference.Name, number)
            : Text(difference.Name, value);

    private static string Plain(string name, string? value) =>
        value is null ? "-"
        : !double.TryParse(value, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) ? value.ReplaceLineEndings(" ")
        : name == "seconds" ? RunText.Time(TimeSpan.FromSeconds(Math.Clamp(number, 0, 1e10)))
        : name.EndsWith("-bytes", StringComparison.Ordinal) ? ByteSize.Text((long)Math.Clamp(number, 0, 1e18))
        : name == "images-per-second" ? number.ToString("0", CultureInfo.InvariantCulture)
        : value;

    /// <summary>A metric: accuracies in percent, others with four significant digits.</summary>
    public string Metric(string name, double value) =>
        IsShare(name) ? RunText.Percent(value) : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A difference of two values of a metric: of accuracies in points, which no reader takes for a part of either.</summary>
    public string Difference(string name, double value) =>
        IsShare(name) ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} points") : Metric(name, value);

    /// <summary>Whether a metric is a share, in [0, 1].</summary>
    public bool IsShare(string name) => MetricNames.Reserved.Contains(name) ? Engine.IsShare(name) : _catalog.Value.IsShare(name);
}
