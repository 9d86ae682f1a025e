using Sat.Records.Metrics;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>Metrics as people read them, by what those who report them declare.</summary>
/// <param name="declared">What is known of them.</param>
internal sealed class Measures(IEnumerable<MetricSchema> declared)
{
    private readonly MetricCatalog _catalog = new(declared);

    /// <summary>True for fractions that people read in percent.</summary>
    public bool IsShare(string metric) => _catalog.IsShare(metric);

    /// <summary>True for a metric that says whether a run went wrong.</summary>
    public bool IsAlarm(string metric) => AlarmWord(metric) is not null;

    /// <summary>What runs are of which a metric says that they went wrong, in a word; null: it says nothing of the kind.</summary>
    public string? AlarmWord(string metric) => _catalog[metric].Alarm?.Word;

    /// <summary>The point of a curve that a metric is; null: of none.</summary>
    public MetricPoint? Point(string metric) => _catalog[metric].Point;

    /// <summary>What should hold of a metric.</summary>
    public IReadOnlyList<MetricCheck> Checks(string metric) => _catalog[metric].Checks ?? [];

    /// <summary>True where a lower value is better.</summary>
    public bool IsLowerBetter(string metric) => _catalog[metric].Better == MetricDirection.Lower;

    /// <summary>The metric that a setting is read by; null: none of its cells has one.</summary>
    public string? Main(IEnumerable<CellResult> cells) => _catalog.Main(cells.SelectMany(c => c.Final.Keys));

    /// <summary>The metric that tables show: <see cref="Main"/>, else whether runs went wrong, else the test accuracy that nobody has
    /// yet.</summary>
    public string Shown(IReadOnlyCollection<CellResult> cells) =>
        Main(cells) ?? _catalog.Alarms.FirstOrDefault(a => cells.Any(c => c.Final.ContainsKey(a.Name)))?.Name ?? MetricNames.TestAccuracy;

    /// <summary>The cells that have a metric, the best first.</summary>
    public IEnumerable<CellResult> Ranked(IEnumerable<CellResult> cells, string metric)
    {
        var known = cells.Where(c => c.Final.ContainsKey(metric));
        return IsLowerBetter(metric) ? known.OrderBy(c => c.Final[metric].Mean) : known.OrderByDescending(c => c.Final[metric].Mean);
    }

    /// <summary>A metric as people read it.</summary>
    public string Name(string metric) => _catalog[metric].Title;

    /// <summary>A metric at the beginning of a heading or a sentence.</summary>
    public string Title(string metric)
    {
        var name = Name(metric);
        // A name that nobody declared stands as it is.
        return name == metric || name.Length == 0 ? name : $"{char.ToUpperInvariant(name[0])}{name[1..]}";
    }

    /// <summary>A value with its unit.</summary>
    public string Text(string metric, double value) =>
        _catalog[metric].Alarm is { } alarm
            ? value switch
            {
                0 => $"not {alarm.Word}",
                1 => alarm.Word,
                _ => $"{alarm.Word} in part",
            }
        : IsShare(metric) ? Format.Percent(value)
        : Format.Plain(value);

    /// <summary>A difference of two values with its sign and unit.</summary>
    public string Difference(string metric, double difference) =>
        IsShare(metric) ? Format.Points(difference) : (difference < 0 ? "" : "+") + Format.Plain(difference);

    /// <summary>What went wrong with a run, although it did not fail; null: nothing that it tells of.</summary>
    public MetricAlarm? Alarm(RunResult run) =>
        run.Final is null
            ? null
            : _catalog.Alarms.FirstOrDefault(a => run.Final.TryGetValue(a.Name, out var value) && value.Equals(1))?.Alarm;

    /// <summary>What went wrong with some of a cell's finished runs, and with how many.</summary>
    public IEnumerable<(MetricAlarm Alarm, int Runs)> Alarms(CellResult cell) =>
        from metric in _catalog.Alarms
        let runs = CountAlarms(cell, metric.Name)
        where runs > 0
        select (metric.Alarm!, runs);

    /// <summary>How many of a cell's finished runs a metric says went wrong.</summary>
    public static int CountAlarms(CellResult cell, string metric) =>
        cell.Final.TryGetValue(metric, out var share) ? (int)Math.Round(share.Mean * share.Seeds) : 0;
}
