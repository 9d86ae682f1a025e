using System.Globalization;
using System.Text;
using Sat.Benchmarks.Groups;
using Sat.Benchmarks.Results;
using Sat.Records;

namespace Sat.Benchmarks;

/// <summary>docs/benchmarks.md, from raw measurements alone.</summary>
public static class Page
{
    /// <summary>The page.</summary>
    /// <param name="files">Raw measurements, the newest first; of each group the first counts.</param>
    public static string Render(IReadOnlyList<ResultFile> files)
    {
        var measured = Group
            .All.Select(g => (Group: g, File: files.FirstOrDefault(f => f.Groups.Any(r => r.Name == g.Name))))
            .Where(m => m.File is not null)
            .Select(m => (m.Group, File: m.File!, Result: m.File!.Groups.First(r => r.Name == m.Group.Name)))
            .ToArray();
        var page = new StringBuilder();
        page.Append(
            $"""
            # Benchmarks

            This page shows how fast the tool is, compared with what one would use instead. It is generated from the raw measurements in
            `benchmarks/raw`, where every repeat is kept.

            ```sh
            {MeasureCommand.Call} --out benchmarks/raw/NAME.json   # measures all of it; --only and --case choose
            {MeasureCommand.Call} render                               # makes this page
            ```

            Each case is measured {MeasureCommand.DefaultRepeats} times, the tool and its peers in turn (A, B, A, B, ...), after one turn that is not counted. Figures are medians, with
            minimum and maximum in brackets. *Times as good* is the median, minimum and maximum of the ratios per turn: more than 1 is
            in the tool's favour. Peak memory is the maximum of any of the subject's processes.


            """.ReplaceLineEndings("\n")
        );
        Summary(page, measured.Select(m => (m.Group, m.Result)));
        var open = Group.All.Except(measured.Select(m => m.Group)).Select(g => g.Name).ToArray();
        if (open.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"Not measured yet: {string.Join(", ", open)}.\n\n");
        foreach (var file in measured.Select(m => m.File).Distinct())
        {
            var names = measured.Where(m => m.File == file).Select(m => m.Group.Name);
            page.Append(
                CultureInfo.InvariantCulture,
                $"Measured {file.Started:yyyy-MM-dd HH:mm} UTC at commit {file.Commit} ({string.Join(", ", names)}): {file.Machine.Describe()}. "
            );
            page.Append(CultureInfo.InvariantCulture, $"Load average at the start: {file.Machine.LoadAtStart:0.00}.\n\n");
        }
        foreach (var (group, _, result) in measured)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {group.Title}\n\n{group.About.ReplaceLineEndings("\n")}\n\n");
            page.Append(Tables(result));
            page.Append("To measure these figures again:\n\n```sh\n");
            foreach (var name in result.Cases.Select(c => c.Name))
                page.Append(CultureInfo.InvariantCulture, $"{MeasureCommand.Call} --only {group.Name} --case \"{name}\"\n");
            page.Append("```\n\n");
        }
        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The tables of a group, one for each measure and all cases of the same subjects.</summary>
    public static string Tables(GroupResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var group = Group.All.First(g => g.Name == result.Name);
        var page = new StringBuilder();
        foreach (var measure in group.Measures)
        {
            foreach (var alike in result.Cases.GroupBy(c => string.Join('\n', Measured(c))))
                Table(page, measure, [.. alike]);
        }
        foreach (
            var missing in result.Cases.SelectMany(c => c.Subjects).Where(s => s.Missing is not null).GroupBy(s => s.Missing, s => s.Name)
        )
            page.Append(
                CultureInfo.InvariantCulture,
                $"Not measured: {string.Join(" and ", missing.Distinct())}, because {missing.Key}.\n\n"
            );
        return page.ToString();
    }

    /// <summary>The subjects of a case that there are columns for: ours, and all that were measured.</summary>
    private static IEnumerable<string> Measured(CaseResult toShow) =>
        toShow.Subjects.Where((s, index) => index == 0 || s.Missing is null).Select(s => s.Name);

    /// <param name="page">Takes the table.</param>
    /// <param name="measure">What of it.</param>
    /// <param name="cases">Cases of the same subjects.</param>
    private static void Table(StringBuilder page, Measure measure, IReadOnlyList<CaseResult> cases)
    {
        string[] subjects = [.. Measured(cases[0])];
        var (ours, peers) = (subjects[0], subjects[1..]);
        var asked = cases.Any(c => measure.Target(c.Name) is not null);
        Row(
            page,
            [
                measure.Title,
                .. subjects.Select(s => $"{s}, {measure.Unit}"),
                .. peers.Select(p => $"times as good as {p}"),
                .. asked ? ["target", "met"] : Array.Empty<string>(),
            ]
        );
        Row(page, [.. Enumerable.Repeat("---", 1 + subjects.Length + peers.Length + (asked ? 2 : 0))]);
        foreach (var toShow in cases)
        {
            var row = new List<string> { toShow.Name };
            row.AddRange(subjects.Select(s => Text(MedianOf(toShow, s, measure), "")));
            row.AddRange(peers.Select(p => Text(Ratio(toShow, ours, p, measure), "×")));
            if (asked)
            {
                var judged = Judge(toShow, measure);
                row.AddRange([judged is null ? "" : Text(judged.Target, measure), judged is null ? "" : Text(judged.Met)]);
            }
            Row(page, row);
        }
        page.Append('\n');
    }

    /// <summary>What is asked of each group, and whether all of its cases reach it.</summary>
    private static void Summary(StringBuilder page, IEnumerable<(Group Group, GroupResult Result)> measured)
    {
        Row(page, ["Goal", "target", "reached in", "worst case"]);
        Row(page, ["---", "---", "---", "---"]);
        foreach (var (group, result) in measured)
        {
            foreach (var measure in group.Measures)
            {
                foreach (var asked in result.Cases.Select(c => Judge(c, measure)).OfType<Judgement>().GroupBy(j => Text(j.Target, measure)))
                {
                    var least = asked.SelectMany(j => j.Reached).ToArray();
                    Row(
                        page,
                        [
                            $"{group.Title}: {measure.Title.ToLowerInvariant()}",
                            asked.Key,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{asked.Count(j => j.Met == true)} of {Count.Of(asked.Count(), "case")}"
                            ),
                            least.Length == 0 ? "not measured"
                            : asked.First().Target.OfRatio ? $"{Number(least.Min())}×"
                            : $"{Number(least.Max())} {measure.Unit}",
                        ]
                    );
                }
            }
        }
        page.Append('\n');
    }

    /// <param name="Target">What is asked.</param>
    /// <param name="Reached">The medians that it is asked of.</param>
    /// <param name="Met">Null: something that it is asked of was not measured.</param>
    private sealed record Judgement(Target Target, IReadOnlyList<double> Reached, bool? Met);

    private static Judgement? Judge(CaseResult toJudge, Measure measure)
    {
        if (measure.Target(toJudge.Name) is not { } target)
            return null;
        var ours = toJudge.Subjects[0].Name;
        MedianRange?[] medians = target.OfRatio
            ?
            [
                .. toJudge
                    .Subjects.Skip(1)
                    .Where(s => target.Peers.Count == 0 || target.Peers.Contains(s.Name))
                    .Select(s => Ratio(toJudge, ours, s.Name, measure)),
            ]
            : [MedianOf(toJudge, ours, measure)];
        var reached = medians.OfType<MedianRange>().Select(s => s.Median).ToArray();
        bool? met =
            medians.Length == 0 || reached.Length < medians.Length
                ? null
                : reached.All(r => target.OfRatio ? r >= target.Limit : r < target.Limit);
        return new Judgement(target, reached, met);
    }

    private static MedianRange? MedianOf(CaseResult toShow, string subject, Measure measure) =>
        MedianRange.From([.. Values(toShow, subject, measure).Select(v => v / measure.Scale)]);

    private static MedianRange? Ratio(CaseResult toShow, string ours, string peer, Measure measure) =>
        MedianRange.Ratio(Values(toShow, ours, measure), Values(toShow, peer, measure), measure.MoreIsBetter);

    private static double[] Values(CaseResult toShow, string subject, Measure measure) =>
        toShow.Subjects.FirstOrDefault(s => s.Name == subject)?.Values(measure.Name) ?? [];

    private static string Text(Target target, Measure measure) =>
        target.OfRatio
            ? $"≥ {Plain(target.Limit)}× {(target.Peers.Count == 0 ? "each" : string.Join(" and ", target.Peers))}"
            : $"< {Plain(target.Limit)} {measure.Unit}";

    private static string Text(bool? met) =>
        met switch
        {
            true => "yes",
            false => "**no**",
            null => "not measured",
        };

    private static string Text(MedianRange? statistic, string unit) =>
        statistic is { } s ? $"{Number(s.Median)}{unit} ({Number(s.Least)} – {Number(s.Most)})" : "–";

    /// <summary>Three digits that count, as people write them.</summary>
    private static string Number(double value) =>
        value.ToString(
            value switch
            {
                >= 100 => "N0",
                >= 10 => "0.0",
                _ => "0.00",
            },
            CultureInfo.InvariantCulture
        );

    private static string Plain(double limit) => limit.ToString("0.##", CultureInfo.InvariantCulture);

    private static void Row(StringBuilder page, IReadOnlyList<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
