using Sat.Records.Runs;
using Sat.Reports.Rendering;

namespace Sat.Reports.Results;

/// <summary>Says what came out, in sentences made from the data alone.</summary>
internal static class VerdictWriter
{
    private const int MostRows = 8;

    public static Verdict Write(Coverage coverage, IReadOnlyList<ExpectationResult> expectations, IReadOnlyList<CellResult> cells) =>
        new(Headline(coverage, expectations, cells), [.. Sentences(coverage, expectations, cells)]);

    private static string Headline(Coverage coverage, IReadOnlyList<ExpectationResult> expectations, IReadOnlyList<CellResult> cells)
    {
        if (coverage.Done == 0)
            return "No run has finished yet.";
        var comparisons = cells.SelectMany(c => c.Comparisons).Where(c => c.Measured is not null).ToArray();
        var exact = comparisons.Where(c => c.Judgement is Judgement.Reproduced or Judgement.NotReproduced).ToArray();
        var directed = comparisons.Where(c => c.Judgement is Judgement.DirectionAgrees or Judgement.DirectionDiffers).ToArray();
        var parts = new List<string>();
        if (expectations.Count > 0)
            parts.Add(Expected(expectations));
        if (exact.Length > 0)
            parts.Add($"{exact.Count(c => c.Judgement == Judgement.Reproduced)} of {Format.Count(exact.Length, "published value")} reproduced.");
        else if (directed.Length > 0)
            parts.Add($"The direction agrees with the published values in {directed.Count(c => c.Judgement == Judgement.DirectionAgrees)} of {Format.Count(directed.Length, "comparison")}.");
        else if (expectations.Count == 0)
            parts.Add($"{Format.Count(cells.Count(c => c.Done > 0), "cell")} measured; nothing to judge them by.");
        return string.Join(' ', parts);
    }

    private static string Expected(IReadOnlyList<ExpectationResult> expectations)
    {
        var met = expectations.Count(e => e.Status == ExpectationStatus.Met);
        var open = expectations.Count(e => e.Status == ExpectationStatus.NotYet);
        if (met == expectations.Count)
            return met == 1 ? "What the study expected is what came out." : $"All {met} expectations of the study are met.";
        var failed = expectations.Count - met - open;
        return $"{met} of {Format.Count(expectations.Count, "expectation")} met"
            + (failed > 0 ? $", {failed} not met" : "") + (open > 0 ? $", {open} not yet decided" : "") + ".";
    }

    private static IEnumerable<string> Sentences(Coverage coverage, IReadOnlyList<ExpectationResult> expectations, IReadOnlyList<CellResult> cells)
    {
        yield return Covered(coverage);
        foreach (var sentence in Rows(cells))
            yield return sentence;
        foreach (var expectation in expectations.Where(e => e.Status == ExpectationStatus.NotMet))
            yield return $"Not met: {expectation.Claim}.";
        var exact = cells.SelectMany(cell => cell.Comparisons.Where(c => c.Kind == ComparisonKind.Exact).Select(c => (cell, c))).ToArray();
        if (exact.Length > 0)
        {
            yield return $"{Format.Count(exact.Length, "published value")} met under exactly the stated protocol: "
                + string.Join(", ", exact.GroupBy(e => e.c.Judgement).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Words.Of(g.Key)}")) + ".";
            foreach (var (cell, c) in exact.Where(e => e.c.Judgement == Judgement.NotReproduced))
                yield return $"Not reproduced: {cell.Method} under {cell.Noise}. {c.Sentence}";
        }
        var scaled = cells.SelectMany(c => c.Comparisons).Where(c => c.Kind == ComparisonKind.Scaled).ToArray();
        if (scaled.Length > 0)
        {
            yield return $"{Format.Count(scaled.Length, "published value")} came about under another protocol, so no difference from a published number is a verdict on it: "
                + string.Join(", ", scaled.GroupBy(c => c.Judgement).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Words.Of(g.Key)}")) + ".";
        }
        var alone = cells.Count(c => c.Comparisons.Count == 0);
        if (alone > 0 && cells.Any(c => c.Comparisons.Count > 0))
            yield return $"{Format.Count(alone, "cell")} of {cells.Count} not comparable: nothing was published by the authors for that dataset, method and noise.";
    }

    private static string Covered(Coverage c)
    {
        if (c.Done == c.Planned)
            return c.Planned == 1 ? "The one run is done." : $"All {c.Planned} runs are done.";
        var rest = new (int Count, string Name)[]
        {
            (c.Running, "running"), (c.Missing, "not begun"), (c.Failed, "failed"), (c.Diverged, "diverged"), (c.Interrupted, "interrupted"),
        };
        return $"{c.Done} of {c.Planned} runs are done; {string.Join(", ", rest.Where(r => r.Count > 0).Select(r => $"{r.Count} {r.Name}"))}.";
    }

    /// <summary>Who leads under which noise.</summary>
    private static IEnumerable<string> Rows(IReadOnlyList<CellResult> cells)
    {
        var rows = cells.Where(c => c.Final.ContainsKey(MetricNames.TestAccuracy)).GroupBy(c => (c.Setting, c.Noise)).Where(g => g.Count() > 1).ToArray();
        var settings = cells.Select(c => c.Setting).Distinct().Count();
        foreach (var row in rows.Take(MostRows))
        {
            var ranked = row.OrderByDescending(c => c.Final[MetricNames.TestAccuracy].Mean).ToArray();
            var (first, second) = (ranked[0], ranked[1]);
            var (a, b) = (first.Final[MetricNames.TestAccuracy], second.Final[MetricNames.TestAccuracy]);
            yield return $"With noise {first.Noise}, {first.Method} ends {Format.Points(a.Mean - b.Mean, signed: false)} above {second.Method} on the test set ({Format.Percent(a.Mean)} against {Format.Percent(b.Mean)}, {Seeds(a, b)})"
                + (IsWithinSpread(a, b) ? ", no more than the spread of seeds explains" : "")
                + (settings > 1 ? $", in setting {first.Setting}." : ".");
        }
        if (rows.Length > MostRows)
            yield return $"{rows.Length - MostRows} more rows stand in the tables.";
    }

    private static bool IsWithinSpread(Statistic a, Statistic b) =>
        a.StandardError() is { } x && b.StandardError() is { } y && a.Mean - b.Mean <= 2 * Math.Sqrt(x * x + y * y);

    private static string Seeds(Statistic a, Statistic b) => a.Seeds == b.Seeds ? Format.Count(a.Seeds, "seed") : $"{a.Seeds} and {b.Seeds} seeds";
}
