using System.Globalization;
using Sat.Records.Metrics;
using Sat.Records.Specs;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The main metric against each numeric setting that has several values: a line for cells that differ by it alone.</summary>
internal static class OptionCharts
{
    /// <summary>A net that gives so many of its training images their given labels fits all of them, but for rounding.</summary>
    private const double Interpolates = 0.999;

    private const int MostLines = 8;
    private const int MostCharts = 12;

    private static readonly string Noise = $"{SpecSlots.Noise.Name}.";
    private static readonly string Method = $"{SpecSlots.Method.Name}.";
    private static readonly string Model = $"{SpecSlots.Model.Name}.";
    private static readonly string MethodId = $"{Method}id";

    /// <summary>Groups of charts, one for each setting and metric.</summary>
    /// <param name="parts">What is drawn.</param>
    /// <param name="measures">What is known of metrics.</param>
    /// <param name="id">Begins the charts' ids.</param>
    public static IEnumerable<ChartGroupView> Draw(IReadOnlyList<OptionPart> parts, Measures measures, string id = "option")
    {
        var number = 0;
        foreach (var part in parts)
        {
            foreach (var axis in OptionAxis.Find(part.Cells))
            {
                number++;
                var charts = axis
                    .Lines.GroupBy(l => l.Cells[0].Cell.Row)
                    .Take(MostCharts)
                    .Select(
                        (row, i) =>
                            Draw(
                                FormattableString.Invariant($"{id}-{number}-{i + 1}"),
                                measures,
                                part.Metric,
                                axis.Path,
                                [.. row],
                                [.. References(axis.Path, [.. row], part.Cells)]
                            )
                    )
                    .ToArray();
                yield return new ChartGroupView(
                    $"{measures.Title(part.Metric)} against {Words(axis.Path)}",
                    OverviewView.Marks
                        + (
                            IsOfModel(axis.Path)
                                ? $" A dashed line marks the interpolation threshold, where there is one: from there on, a method gives at least {Format.Number(100 * Interpolates)} % of the training images the labels that they were given, wrong ones included."
                                : ""
                        ),
                    Wide: true,
                    [charts]
                );
            }
        }
    }

    /// <summary>A setting's path as people read it.</summary>
    public static string Words(string path) => path == OptionAxis.EpochPath ? "the epoch whose weights are measured" : path;

    /// <summary>What tells lines of one chart apart: the method, and the settings in which it differs from others.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<IReadOnlyDictionary<string, string>> settings)
    {
        var varying = OptionAxis.Varying(settings).Where(p => p != MethodId && !p.StartsWith(Noise, StringComparison.Ordinal)).ToArray();
        var ofMethods = settings.ToLookup(s => s[MethodId]);
        return
        [
            .. settings.Select(s =>
                string.Join(
                    ", ",
                    [
                        s[MethodId],
                        .. varying
                            .Where(p =>
                                s.ContainsKey(p) && (!p.StartsWith(Method, StringComparison.Ordinal) || IsApart(p, ofMethods[s[MethodId]]))
                            )
                            .Select(p => Word(p, s[p])),
                    ]
                )
            ),
        ];
    }

    private static bool IsApart(string path, IEnumerable<IReadOnlyDictionary<string, string>> settings) =>
        settings.Select(s => s.GetValueOrDefault(path)).Distinct().Skip(1).Any();

    /// <summary>A setting in a list of them.</summary>
    public static string Word(string path, string value)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        return name == "id" ? value : $"{name} {value}";
    }

    private static bool IsOfModel(string path) => path.StartsWith(Model, StringComparison.Ordinal);

    /// <summary>Methods that have no such option, beside which lines of one that has are read.</summary>
    private static IEnumerable<(IReadOnlyDictionary<string, string> Settings, CellResult Cell)> References(
        string path,
        IReadOnlyList<OptionLine> lines,
        IReadOnlyList<(CellResult Cell, IReadOnlyDictionary<string, string> Settings)> cells
    )
    {
        if (!path.StartsWith(Method, StringComparison.Ordinal))
            return [];
        string Rest(IReadOnlyDictionary<string, string> settings) =>
            string.Join('\n', settings.Where(s => !s.Key.StartsWith(Method, StringComparison.Ordinal)));
        var beside = lines.Select(l => Rest(l.Settings)).ToHashSet(StringComparer.Ordinal);
        return cells.Where(c => !c.Settings.ContainsKey(path) && beside.Contains(Rest(c.Settings))).Select(c => (c.Settings, c.Cell));
    }

    private static ChartView Draw(
        string id,
        Measures measures,
        string metric,
        string path,
        IReadOnlyList<OptionLine> all,
        IReadOnlyList<(IReadOnlyDictionary<string, string> Settings, CellResult Cell)> references
    )
    {
        double Mean(OptionLine line) => line.Cells.Average(c => c.Cell.Final[metric].Mean);
        var lines = (measures.IsLowerBetter(metric) ? all.OrderBy(Mean) : all.OrderByDescending(Mean))
            .Take(MostLines)
            .OrderBy(l => all.ToList().IndexOf(l))
            .ToArray();
        var axis = ChartAxis.At(Words(path), lines.SelectMany(l => l.Cells).Select(c => c.At));
        var names = Names([.. lines.Select(l => l.Settings), .. references.Select(r => r.Settings)]);
        ChartLine[] drawn =
        [
            .. lines.Select((l, i) => Line(names[i], i, metric, l)),
            .. references.Select((r, i) => Reference(names[lines.Length + i], lines.Length + i, metric, r.Cell, axis)),
        ];
        var noise = lines[0].Cells[0].Cell.Noise;
        var values = drawn.SelectMany(l => l.Points.Concat(l.Published)).SelectMany(p => new[] { p.Low, p.High });
        var ends = string.Join("; ", drawn.Select(l => $"{l.Name} {Format.Number(l.Points[^1].Y)} %"));
        return ChartView.From(
            id,
            $"noise {noise}",
            $"{measures.Title(metric)} against {Words(path)}, noise {noise}, one line per method. At {axis.Last.ToString(CultureInfo.InvariantCulture)}: {ends}.",
            axis,
            ChartScale.Share(measures.Name(metric), values),
            drawn,
            IsOfModel(path) ? [.. lines.Select((l, i) => Threshold(names[i], l)).OfType<ChartRule>()] : []
        ) with
        {
            Omitted = lines.Length < all.Count ? $"The best {lines.Length} of {all.Count} lines, by their mean; the tables have all." : "",
        };
    }

    private static ChartLine Line(string name, int look, string metric, OptionLine line)
    {
        var (color, dash) = ChartLine.Look(look);
        return new ChartLine(
            name,
            color,
            dash,
            [.. line.Cells.Select(c => NoiseCharts.Point(c.At, c.Cell.Final[metric]))],
            SpreadMark.Whiskers,
            []
        )
        {
            Published = [.. line.Cells.SelectMany(c => Published(c.At, c.Cell, metric))],
        };
    }

    /// <summary>An evaluation's published values are held to its conditions, an epoch among them; a training's to its end.</summary>
    private static IEnumerable<ChartPoint> Published(double x, CellResult cell, string metric) =>
        cell.Spec.Evaluation is null
            ? NoiseCharts.Published(x, cell, metric)
            : cell.Comparisons.Select(c => PublishedPoint.At(x, c, metric)).OfType<ChartPoint>();

    private static ChartLine Reference(string name, int look, string metric, CellResult cell, ChartAxis axis)
    {
        var (color, dash) = ChartLine.Look(look);
        var value = cell.Final[metric];
        return new ChartLine(
            name,
            color,
            dash,
            [NoiseCharts.Point(axis.First, value), NoiseCharts.Point(axis.Last, value)],
            SpreadMark.None,
            []
        );
    }

    /// <summary>The smallest value from which on a method fits its given training labels.</summary>
    private static ChartRule? Threshold(string name, OptionLine line)
    {
        var fitting = line
            .Cells.Reverse()
            .TakeWhile(c => c.Cell.Final.GetValueOrDefault(MetricNames.NoisyTrainAccuracy)?.Mean >= Interpolates)
            .ToArray();
        return fitting.Length == 0 ? null : new ChartRule(fitting[^1].At, $"{name} interpolates");
    }
}
