using System.Globalization;
using Sat.Records.Metrics;
using Sat.Records.Runs;

namespace Sat.Tool.Display;

/// <summary>What runs measured, in a few words, the same on a terminal and in lines.</summary>
/// <param name="metrics">What is known of metrics.</param>
internal sealed class MetricText(MetricCatalog metrics)
{
    /// <summary>More shares than these are no longer a few words.</summary>
    private const int MostShares = 6;

    /// <summary>A larger one grows without bound, and would fill the line with its digits.</summary>
    private const double LargeLoss = 1e6;

    /// <summary>How a run ended.</summary>
    public string Outcome(RunRecord record) =>
        record.Status == RunStatus.Done
            ? $"{Measured(record.Final ?? new Dictionary<string, double>())} in {RunText.Time(TimeSpan.FromSeconds(record.Seconds is { } seconds && double.IsFinite(seconds) ? Math.Clamp(seconds, 0, 1e10) : 0))}"
            : $"{record.Status.ToString().ToLowerInvariant()}: {record.Error}";

    /// <summary>An epoch in a few words: its loss, and what was measured.</summary>
    public string Epoch(IReadOnlyDictionary<string, double> values) => string.Join(' ', Parts(values));

    /// <summary>What was measured after an epoch, in a few words each.</summary>
    public IReadOnlyList<string> Parts(IReadOnlyDictionary<string, double> values) =>
        [
            Loss(values),
            .. values.TryGetValue(MetricNames.TestAccuracy, out var accuracy)
                ? [$"test {RunText.Percent(accuracy)}"]
                : Array.Empty<string>(),
            .. Shares(values),
        ];

    /// <summary>What a run is known by: its test accuracy; else the shares that its components measured; else its loss.</summary>
    private string Measured(IReadOnlyDictionary<string, double> values)
    {
        if (values.TryGetValue(MetricNames.TestAccuracy, out var accuracy))
            return $"test accuracy {RunText.Percent(accuracy)}";
        var shares = Shares(values);
        return shares.Length > 0 ? string.Join(", ", shares) : Loss(values);
    }

    /// <summary>The loss; of an evaluation, which has none, the first of what it measured.</summary>
    private static string Loss(IReadOnlyDictionary<string, double> values) =>
        values.TryGetValue(MetricNames.Loss, out var loss)
            ? "loss " + loss.ToString(loss < LargeLoss ? "0.000" : "G4", CultureInfo.InvariantCulture)
        : values.Count == 0 ? "nothing measured"
        : string.Join(
            ", ",
            values
                .OrderBy(m => m.Key, StringComparer.Ordinal)
                .Take(3)
                .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:0.####}"))
        );

    /// <summary>The shares that components measured, such as an evaluation's top-1 accuracy; of many, the main one, and how many more there
    /// are.</summary>
    private string[] Shares(IReadOnlyDictionary<string, double> values)
    {
        string[] names = [.. values.Keys.Where(n => metrics.IsShare(n) && !MetricNames.Reserved.Contains(n))];
        return names.Length > MostShares && metrics.Main(names) is { } main
            ? [Text(main), $"and {names.Length - 1} more"]
            : [.. names.Select(Text)];

        string Text(string name) => $"{name} {RunText.Percent(values[name])}";
    }
}
