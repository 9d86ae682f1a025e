using Sat.Records.Runs;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>What is known of metrics by their names alone; plugins bring metrics of their own.</summary>
internal static class Measures
{
    /// <summary>1 where a method says that its representations collapsed onto nearly one vector, else 0.</summary>
    public const string Collapsed = "collapsed";

    /// <summary>True for fractions that people read in percent: accuracies, and the field's top-1 and top-5.</summary>
    public static bool IsShare(string metric) =>
        metric.EndsWith("accuracy", StringComparison.Ordinal)
        || metric.EndsWith("-top1", StringComparison.Ordinal)
        || metric.EndsWith("-top5", StringComparison.Ordinal);

    /// <summary>The metric that a setting is read by: its test accuracy, else the shortest name of an accuracy that a finished run has;
    /// null: none has any.</summary>
    public static string? Main(IEnumerable<CellResult> cells)
    {
        var known = cells.SelectMany(c => c.Final.Keys).ToHashSet(StringComparer.Ordinal);
        return known.Contains(MetricNames.TestAccuracy)
            ? MetricNames.TestAccuracy
            : known.Where(IsShare).OrderBy(m => m.Length).ThenBy(m => m, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The metric that tables show: <see cref="Main"/>, else whether representations collapsed, else the test accuracy that nobody
    /// has yet.</summary>
    public static string Shown(IReadOnlyCollection<CellResult> cells) =>
        Main(cells) ?? (cells.Any(c => c.Final.ContainsKey(Collapsed)) ? Collapsed : MetricNames.TestAccuracy);

    /// <summary>A metric as people read it.</summary>
    public static string Name(string metric) =>
        metric switch
        {
            MetricNames.TestAccuracy => "test accuracy",
            Collapsed => "state of the representations",
            _ => metric,
        };

    /// <summary>A metric at the beginning of a heading or a sentence: words with a capital letter, a name that an evaluation gave as it
    /// stands.</summary>
    public static string Title(string metric) =>
        Name(metric) is var name && name == metric ? name : $"{char.ToUpperInvariant(name[0])}{name[1..]}";

    /// <summary>A value with its unit.</summary>
    public static string Text(string metric, double value) =>
        IsShare(metric) ? Format.Percent(value)
        : metric != Collapsed ? Format.Plain(value)
        : value switch
        {
            0 => "not collapsed",
            1 => "collapsed",
            _ => "collapsed in part",
        };

    /// <summary>True if a run ended collapsed.</summary>
    public static bool IsCollapsed(RunResult run) =>
        run.Final is not null && run.Final.TryGetValue(Collapsed, out var value) && value.Equals(1);

    /// <summary>How many of a cell's finished runs ended collapsed.</summary>
    public static int CountCollapsed(CellResult cell) =>
        cell.Final.TryGetValue(Collapsed, out var share) ? (int)Math.Round(share.Mean * share.Seeds) : 0;
}
