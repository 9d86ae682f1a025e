using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>Says what came out, in sentences made from the data alone.</summary>
internal static class VerdictWriter
{
    /// <summary>More sentences of one kind than this are counted instead.</summary>
    private const int MostSentences = 8;

    /// <param name="coverage">Of the runs.</param>
    /// <param name="expectations">Of the study.</param>
    /// <param name="checks">What should hold of the metrics.</param>
    /// <param name="cells">All cells.</param>
    /// <param name="family">What its verdicts have in common.</param>
    /// <param name="titles">Setting to its title.</param>
    /// <param name="runs">All runs.</param>
    /// <param name="measures">What is known of metrics.</param>
    public static Verdict Write(
        Coverage coverage,
        IReadOnlyList<ExpectationResult> expectations,
        IReadOnlyList<CheckResult> checks,
        IReadOnlyList<CellResult> cells,
        VerdictFamily family,
        IReadOnlyDictionary<string, string> titles,
        IReadOnlyList<RunResult> runs,
        Measures measures
    ) =>
        new(
            Headline(coverage, expectations, cells, family),
            [.. Sentences(coverage, expectations, checks, cells, family, titles, runs.ToDictionary(r => r.Id), measures)]
        );

    private static string Headline(
        Coverage coverage,
        IReadOnlyList<ExpectationResult> expectations,
        IReadOnlyList<CellResult> cells,
        VerdictFamily family
    )
    {
        if (coverage.Done == 0)
            return "No run has finished yet.";
        var comparisons = cells.SelectMany(c => c.Comparisons).Where(c => c.Measured is not null).ToArray();
        var exact = comparisons.Where(c => c.Kind == ComparisonKind.Exact).ToArray();
        var directed = comparisons
            .Where(c => c.Judgement is Judgement.DirectionAgrees or Judgement.DirectionDiffers or Judgement.Undecided)
            .ToArray();
        var parts = new List<string>();
        if (expectations.Count > 0)
            parts.Add(Expected(expectations));
        if (exact.Length > 0)
            parts.Add(
                $"{exact.Count(c => c.Judgement == Judgement.Equivalent)} of {Count.Of(exact.Length, "published value")} equivalent within {Format.Points(family.Margin, signed: false)}{(exact.Count(c => c.Judgement == Judgement.Different) is > 0 and var different ? $", {different} different" : "")}."
            );
        else if (directed.Length > 0)
            parts.Add(
                $"The direction agrees with the published values in {directed.Count(c => c.Judgement == Judgement.DirectionAgrees)} of {Count.Of(directed.Length, "comparison")}{(directed.Count(c => c.Judgement == Judgement.Undecided) is > 0 and var undecided ? $"; {undecided} undecided" : "")}."
            );
        else if (expectations.Count == 0)
            parts.Add(
                $"{Count.Of(cells.Count(c => c.Done > 0), "cell")} measured. There is no published value or expectation to judge them by."
            );
        return string.Join(' ', parts);
    }

    private static string Expected(IReadOnlyList<ExpectationResult> expectations)
    {
        var met = expectations.Count(e => e.Status == ExpectationStatus.Met);
        var open = expectations.Count(e => e.Status == ExpectationStatus.NotYet);
        if (expectations is [var only])
        {
            return only.Status switch
            {
                ExpectationStatus.Met => "The study's expectation is met.",
                ExpectationStatus.NotYet => "The study's expectation is not yet measured.",
                ExpectationStatus.Undecided => "The study's expectation is undecided.",
                ExpectationStatus.NoSuchMetric => "The study's expectation is on a metric that no run has.",
                _ => "The study's expectation is not met.",
            };
        }
        if (met == expectations.Count)
            return met == 2 ? "Both expectations of the study are met." : $"All {met} expectations of the study are met.";
        var wrong = expectations.Count(e => e.Status == ExpectationStatus.NoSuchMetric);
        var undecided = expectations.Count(e => e.Status == ExpectationStatus.Undecided);
        var failed = expectations.Count - met - open - wrong - undecided;
        return $"{met} of {Count.Of(expectations.Count, "expectation")} met"
            + (failed > 0 ? $", {failed} not met" : "")
            + (undecided > 0 ? $", {undecided} undecided" : "")
            + (open > 0 ? $", {open} not yet measured" : "")
            + (wrong > 0 ? $", {wrong} on a metric that no run has" : "")
            + ".";
    }

    private static IEnumerable<string> Sentences(
        Coverage coverage,
        IReadOnlyList<ExpectationResult> expectations,
        IReadOnlyList<CheckResult> checks,
        IReadOnlyList<CellResult> cells,
        VerdictFamily family,
        IReadOnlyDictionary<string, string> titles,
        Dictionary<string, RunResult> runs,
        Measures measures
    )
    {
        string In(CellResult cell) => titles.Count > 1 ? $", in setting {titles[cell.Setting]}" : "";
        yield return Covered(coverage);
        foreach (
            var alarm in cells.SelectMany(c => measures.Alarms(c).Select(a => (Cell: c, a.Alarm, a.Runs))).GroupBy(a => a.Alarm.Sentence)
        )
        {
            yield return $"{Count.Of(alarm.Sum(a => a.Runs), "run")} {alarm.Key}: "
                + string.Join("; ", alarm.Take(MostSentences).Select(a => $"{a.Cell.Method} {NoiseWords.Under(a.Cell.Noise)}{In(a.Cell)}"))
                + (alarm.Count() > MostSentences ? "; and others" : "")
                + ".";
        }
        foreach (var check in checks.Where(c => c.Status == CheckStatus.Violated))
            yield return $"Do not trust {measures.Name(check.Metric)} in {check.Cases.Count(c => !c.Holds)} of {Count.Of(check.Cases.Count, "case")}, where it does not hold that {check.Claim}: {check.Otherwise}.";
        foreach (var sentence in Rows(cells, runs, measures, family.Looks, c => titles.Count > 1 ? $"{titles[c.Setting]}: " : ""))
            yield return sentence;
        foreach (var expectation in expectations.Where(e => e.Status is ExpectationStatus.NotMet or ExpectationStatus.NoSuchMetric))
            yield return expectation.Status == ExpectationStatus.NotMet
                ? $"Not met: {expectation.Claim}."
                : $"No such metric: {expectation.Claim}.";
        var exact = cells.SelectMany(cell => cell.Comparisons.Where(c => c.Kind == ComparisonKind.Exact).Select(c => (cell, c))).ToArray();
        if (exact.Length > 0)
        {
            yield return $"{Count.Of(exact.Length, "published value")} compared under exactly the stated protocol: "
                + string.Join(", ", exact.GroupBy(e => e.c.Judgement).OrderBy(g => g.Key).Select(g => Words.Counted(g.Key, g.Count())))
                + ".";
            var missed = exact.Where(e => e.c.Judgement == Judgement.Different).ToArray();
            foreach (var (cell, c) in missed.Take(MostSentences))
                yield return $"Different: {cell.Method} {NoiseWords.Under(cell.Noise)}{In(cell)}. {c.Sentence}";
            if (missed.Length > MostSentences)
                yield return $"The tables show {missed.Length - MostSentences} more that are different.";
        }
        var scaled = cells.SelectMany(c => c.Comparisons).Where(c => c.Kind == ComparisonKind.Scaled).ToArray();
        if (scaled.Length > 0)
        {
            yield return $"{Count.Of(scaled.Length, "published value")} {Count.Word(scaled.Length, "was", "were")} measured under another protocol, so a difference from a published number is no verdict on it: "
                + string.Join(", ", scaled.GroupBy(c => c.Judgement).OrderBy(g => g.Key).Select(g => Words.Counted(g.Key, g.Count())))
                + ".";
        }
        var partial = cells.SelectMany(c => c.Comparisons).Where(c => c.Kind == ComparisonKind.Partial).ToArray();
        if (partial.Length > 0)
        {
            yield return $"{Count.Of(partial.Length, "published value")} {Count.Word(partial.Length, "comes", "come")} from sources that leave out what decides a result, so only the direction counts: "
                + string.Join(", ", partial.GroupBy(c => c.Judgement).OrderBy(g => g.Key).Select(g => Words.Counted(g.Key, g.Count())))
                + ".";
        }
        if (family is { Verdicts: > 1, Decided: > 0 })
            yield return $"Of {Count.Of(family.Verdicts, "verdict")} by intervals, {family.Decided} {Count.Word(family.Decided, "is", "are")} decided; after Holm's correction for all of them, {family.Holding} still {Count.Word(family.Holding, "is", "are")}.";
        var alone = cells.Count(c => c.Comparisons.Count == 0);
        if (alone > 0 && cells.Any(c => c.Comparisons.Count > 0))
            yield return $"{alone} of {Count.Of(cells.Count, "cell")} not comparable: the authors published nothing for that dataset, method, noise and net.";
    }

    private static string Covered(Coverage c)
    {
        if (c.Done == c.Planned)
            return c.Planned switch
            {
                1 => "The run is done.",
                2 => "Both runs are done.",
                _ => $"All {c.Planned} runs are done.",
            };
        var rest = new (int Count, string Name)[]
        {
            (c.Running, "running"),
            (c.Missing, "not started"),
            (c.Failed, "failed"),
            (c.Diverged, "diverged"),
            (c.Interrupted, "interrupted"),
            (c.Stale, "made by other code than the rest of their cell and left out of means"),
            (c.Damaged, "damaged and left out"),
        };
        return $"{c.Done} of {Count.Of(c.Planned, "run")} {Count.Word(c.Planned, "is", "are")} done; {string.Join(", ", rest.Where(r => r.Count > 0).Select(r => $"{r.Count} {r.Name}"))}.";
    }

    /// <summary>Who leads under which noise: row by row, or counted where there are many.</summary>
    private static IEnumerable<string> Rows(
        IReadOnlyList<CellResult> cells,
        Dictionary<string, RunResult> runs,
        Measures measures,
        SeedLooks? looks,
        Func<CellResult, string> inSetting
    )
    {
        var mains = cells.GroupBy(c => c.Setting).ToDictionary(g => g.Key, g => measures.Main(g));
        var rows = cells
            .Where(c => mains[c.Setting] is { } main && c.Final.ContainsKey(main))
            .GroupBy(c => (c.Setting, c.Row))
            .Where(g => g.Count() > 1)
            .Select(g => Row.From([.. measures.Ranked(g, mains[g.Key.Setting]!)], mains[g.Key.Setting]!, runs, looks))
            .ToArray();
        // Where no run has noise, none is spoken of.
        Func<string, string> within = cells.Any(c => NoiseWords.Is(c.Noise)) ? n => $"{NoiseWords.With(n)}, " : _ => "";
        return rows.Length <= MostSentences ? rows.Select(r => Leads(r, measures, inSetting(r.First), within)) : Counted(rows);
    }

    private static string Leads(Row row, Measures measures, string inSetting, Func<string, string> within)
    {
        var (first, second, metric, lead) = (row.First, row.Second, row.Metric, row.Lead);
        var (a, b) = (first.Final[metric], second.Final[metric]);
        var what = metric == MetricNames.TestAccuracy ? "on the test set" : $"in {measures.Name(metric)}";
        if (lead.IsTie)
            return $"{inSetting}{within(first.Noise)}{row.Choice}{row.Named(first)} and {row.Named(second)} end level {what} ({Format.Percent(a.Mean)}, {Seeds(a, b)}{(row.Chance is null ? "" : "; no better than guessing")}).";
        return $"{inSetting}{within(first.Noise)}{row.Choice}{row.Named(first)} ends {Format.Points(Math.Abs(lead.Difference), signed: false)} {(measures.IsLowerBetter(metric) ? "below" : "above")} {row.Named(second)} {what} ({Format.Percent(a.Mean)} against {Format.Percent(b.Mean)}, {Seeds(a, b)})"
            + $"; {Lead.Spread(lead.Paired)}{(lead.IsClear == false ? ", no more than the spread of seeds explains" : "")}"
            + (row.Choice.Length > 0 && lead.IsClear is not null ? "; the interval does not allow for the choice of the two" : "")
            + (row.Chance is { } chance ? $"; neither is better than guessing, which gets {Format.Percent(chance.Share)}" : "")
            + ".";
    }

    private static IEnumerable<string> Counted(Row[] rows)
    {
        var led = rows.Where(r => !r.Lead.IsTie).ToArray();
        var leaders = led.GroupBy(r => r.First.Method)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .ToArray();
        var (clear, unknown, ties) = (
            led.Count(r => r.Lead.IsClear == true),
            led.Count(r => r.Lead.IsClear is null),
            rows.Length - led.Length
        );
        yield return $"In {rows.Length} rows (a setting and a noise each), the best {(rows.All(r => r.Metric == MetricNames.TestAccuracy) ? "test accuracy" : "result")} is "
            + (
                leaders.Length == 0
                    ? "shared in all"
                    : "that of "
                        + string.Join(", ", leaders.Take(MostSentences).Select(g => $"{g.Key} in {g.Count()}"))
                        + (leaders.Length > MostSentences ? ", and of others in the rest" : "")
            )
            + (ties > 0 && leaders.Length > 0 ? $"; the best two are level in {ties}" : "")
            + (
                clear > 0 ? $"; in {clear} the lead is more than the spread of seeds explains"
                : unknown < led.Length ? "; in none is the lead more than the spread of seeds explains"
                : ""
            )
            + (rows.Count(r => r.Chance is not null) is > 0 and var chance ? $"; in {chance} even the best is no better than guessing" : "")
            + (unknown > 0 ? $"; in {unknown} the best two share fewer than two seeds, so nothing can be said about the spread" : "")
            + ".";
    }

    /// <summary>The best of a row beside the best of another method; where all are of one method, beside the next.</summary>
    /// <param name="First">The best.</param>
    /// <param name="Second">The other.</param>
    /// <param name="Metric">What they are ranked by.</param>
    /// <param name="Lead">Of the first.</param>
    /// <param name="Cells">How many cells each method has in the row.</param>
    private sealed record Row(CellResult First, CellResult Second, string Metric, Lead Lead, IReadOnlyDictionary<string, int> Cells)
    {
        public static Row From(CellResult[] ranked, string metric, Dictionary<string, RunResult> runs, SeedLooks? looks)
        {
            var first = ranked[0];
            var second = ranked.FirstOrDefault(c => c.Spec.Method.Id != first.Spec.Method.Id) ?? ranked[1];
            return new Row(
                first,
                second,
                metric,
                CellLead.Between(first, second, metric, runs, looks),
                ranked.GroupBy(c => c.Spec.Method.Id).ToDictionary(g => g.Key, g => g.Count())
            );
        }

        /// <summary>What guessing gets, where the best gets no more; null: it does, or nobody knows.</summary>
        public ChanceLevel? Chance => ChanceLevel.NotExceeded(First, Metric);

        /// <summary>That both were chosen among more methods, by what is compared here; empty: there are no more.</summary>
        public string Choice => Cells.Count > 2 ? $"of {Cells.Count} methods, the two best: " : "";

        /// <summary>A cell, and of how many it is the best: one that was chosen is no fair match for one that was not.</summary>
        public string Named(CellResult cell) =>
            First.Spec.Method.Id != Second.Spec.Method.Id && Cells[cell.Spec.Method.Id] is > 1 and var cells
                ? $"{cell.Method} (the best of {cells})"
                : cell.Method;
    }

    private static string Seeds(Statistic a, Statistic b) =>
        a.Seeds == b.Seeds ? Count.Of(a.Seeds, "seed") : $"{a.Seeds} and {b.Seeds} seeds";
}
