using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Records.Statistics;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>Checks what a study expects of its own outcome: least values seed by seed, leads by their interval over the seeds.</summary>
internal sealed class ExpectationCheck
{
    private readonly IReadOnlyList<(RunResult Run, IReadOnlyDictionary<string, string> Settings)> _runs;

    private readonly Measures _measures;
    private readonly SeedLooks? _looks;

    /// <param name="runs">All runs.</param>
    /// <param name="measures">Writes values.</param>
    /// <param name="looks">The planned looks; null: one.</param>
    public ExpectationCheck(IEnumerable<RunResult> runs, Measures measures, SeedLooks? looks)
    {
        _looks = looks;
        _runs = [.. runs.Select(r => (r, SpecPath.All(r.Spec)))];
        _measures = measures;
    }

    public ExpectationResult Check(Expectation expectation)
    {
        var selected = Selected(expectation.Where);
        if (selected.Any(r => r.Run.Final is not null) && !selected.Any(r => r.Run.Final?.ContainsKey(expectation.Metric) == true))
            return new ExpectationResult(
                expectation,
                ExpectationStatus.NoSuchMetric,
                $"{Claim(expectation)}, and none of these runs reports it.{Known(expectation.Metric, selected)}",
                []
            );
        var checks = selected.Select(r => (r.Run, Check: CheckRun(expectation, r.Run, r.Settings))).ToArray();
        ExpectedLead[] leads =
        [
            .. checks
                .Where(c => c.Check.Pair is not null)
                .GroupBy(c => c.Run.Cell, c => c.Check.Pair!)
                .Select(g => Lead(expectation.Metric, g.Key, [.. g])),
        ];
        // Of a pair, the interval over the seeds decides, not the seed.
        ExpectationStatus[] parts =
        [
            .. checks.Where(c => c.Check.Pair is null || !c.Check.ReachesLeast).Select(c => c.Check.Seed.Status),
            .. leads.Select(l => l.Status),
        ];
        var status =
            parts.Contains(ExpectationStatus.NotMet) ? ExpectationStatus.NotMet
            : parts.Length == 0 || parts.Contains(ExpectationStatus.NotYet) ? ExpectationStatus.NotYet
            : parts.Contains(ExpectationStatus.Undecided) ? ExpectationStatus.Undecided
            : ExpectationStatus.Met;
        return new ExpectationResult(expectation, status, Claim(expectation), [.. checks.Select(c => c.Check.Seed)]) { Leads = leads };
    }

    private ExpectedLead Lead(string metric, string cell, Pair[] pairs)
    {
        var paired = PairedInterval.From([.. pairs.Select(p => (p.Rival, p.Own))], _looks);
        var status =
            paired.ExcludesZero != true ? ExpectationStatus.Undecided
            : paired.Difference > 0 ? ExpectationStatus.Met
            : ExpectationStatus.NotMet;
        var spread = paired is { Low: { } low, High: { } high }
            ? $"95 % interval over {Count.Of(paired.Pairs, "seed")}: {_measures.Difference(metric, low)} to {_measures.Difference(metric, high)}"
            : Comparison.Lead.Spread(paired);
        return new ExpectedLead(
            cell,
            pairs[0].RivalCell,
            status,
            paired,
            $"{_measures.Difference(metric, paired.Difference)} on average; {spread}; {Comparison.Lead.Odds(paired)}"
        );
    }

    /// <summary>An evaluation has the settings of the run that it measures: without a word on evaluations, those are meant that
    /// train.</summary>
    private (RunResult Run, IReadOnlyDictionary<string, string> Settings)[] Selected(IReadOnlyDictionary<string, string> where)
    {
        var all = _runs.Where(r => SettingMatch.Agree(r.Settings, where)).ToArray();
        var training = all.Where(r => r.Run.Spec.Evaluation is null).ToArray();
        return training.Length > 0 ? training : all;
    }

    private static string Known(string metric, (RunResult Run, IReadOnlyDictionary<string, string> Settings)[] selected)
    {
        string[] names = [.. selected.SelectMany(r => r.Run.Final?.Keys ?? []).Distinct().Order(StringComparer.Ordinal)];
        return $"{NearestName.Hint(metric, names)} They report {string.Join(", ", names)}";
    }

    private string Claim(Expectation expectation)
    {
        var than = (expectation.AtLeast, expectation.Above) switch
        {
            ({ } least, null) => $"is at least {_measures.Text(expectation.Metric, least)}",
            (null, { } above) => $"is above that of {Text(above)}",
            ({ } least, { } above) => $"is at least {_measures.Text(expectation.Metric, least)} and above that of {Text(above)}",
            _ => "is known",
        };
        return $"{expectation.Metric} of {Text(expectation.Where)} {than}";
    }

    private static string Text(IReadOnlyDictionary<string, string> settings) =>
        string.Join(", ", settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));

    /// <summary>A run's part in an expectation.</summary>
    /// <param name="Seed">What became of it.</param>
    /// <param name="Pair">The value of the run to beat, and its own; null: there is none, or not yet.</param>
    /// <param name="ReachesLeast">False if its own value is too low, whatever the other.</param>
    private sealed record Part(SeedExpectation Seed, Pair? Pair = null, bool ReachesLeast = true);

    private sealed record Pair(string RivalCell, double Rival, double Own);

    private Part CheckRun(Expectation expectation, RunResult run, IReadOnlyDictionary<string, string> settings)
    {
        if (Value(run, expectation.Metric) is not { } value)
            return new Part(
                new SeedExpectation(run.Id, run.Seed, Unfinished(run), null, null, $"seed {run.Seed}: {Why(run, expectation.Metric)}")
            );
        double? bound = expectation.AtLeast;
        var met = expectation.AtLeast is not { } least || value >= least;
        var reachesLeast = met;
        Pair? pair = null;
        var text = expectation.AtLeast is { } asked
            ? $"{_measures.Text(expectation.Metric, value)}, where at least {_measures.Text(expectation.Metric, asked)} was expected"
            : _measures.Text(expectation.Metric, value);
        if (expectation.Above is { } above)
        {
            var rival = _runs
                .FirstOrDefault(r =>
                    r.Run.Seed == run.Seed
                    && r.Run.Spec.Evaluation is null == run.Spec.Evaluation is null
                    && SettingMatch.Agree(r.Settings, above)
                    && DiffersOnlyBy(above.Keys, settings, r.Settings)
                )
                .Run;
            if (rival is null)
                return new Part(
                    new SeedExpectation(
                        run.Id,
                        run.Seed,
                        ExpectationStatus.NotYet,
                        value,
                        null,
                        $"seed {run.Seed}: no run to compare with is planned"
                    )
                );
            if (Value(rival, expectation.Metric) is not { } other)
                return new Part(
                    new SeedExpectation(
                        run.Id,
                        run.Seed,
                        Unfinished(rival),
                        value,
                        null,
                        $"seed {run.Seed}: the run to compare with: {Why(rival, expectation.Metric)}"
                    )
                );
            pair = new Pair(rival.Cell, other, value);
            met &= value > other;
            bound = bound is { } b ? Math.Max(b, other) : other;
            text += $" against {_measures.Text(expectation.Metric, other)} ({_measures.Difference(expectation.Metric, value - other)})";
        }
        return new Part(
            new SeedExpectation(
                run.Id,
                run.Seed,
                met ? ExpectationStatus.Met : ExpectationStatus.NotMet,
                value,
                bound,
                $"seed {run.Seed}: {text}"
            ),
            pair,
            reachesLeast
        );
    }

    private static double? Value(RunResult run, string metric) =>
        run is { State: RunStanding.Done, Final: not null } && run.Final.TryGetValue(metric, out var value) && double.IsFinite(value)
            ? value
            : null;

    private static ExpectationStatus Unfinished(RunResult run) =>
        run.State is RunStanding.Failed or RunStanding.Diverged or RunStanding.Done ? ExpectationStatus.NotMet : ExpectationStatus.NotYet;

    private static string Why(RunResult run, string metric) =>
        run.State switch
        {
            RunStanding.Done => $"the run reports no {metric}",
            RunStanding.Failed => "the run failed",
            RunStanding.Diverged => "the run diverged",
            RunStanding.Interrupted => "the run was interrupted",
            RunStanding.Running => "the run has not finished",
            RunStanding.Stale => "the run was made by other code",
            RunStanding.Damaged => "the run is damaged",
            _ => "the run has not started",
        };

    /// <summary>Another id brings options of its own, so a replaced component is left out whole.</summary>
    private static bool DiffersOnlyBy(
        IEnumerable<string> replaced,
        IReadOnlyDictionary<string, string> a,
        IReadOnlyDictionary<string, string> b
    )
    {
        var keys = replaced.ToArray();
        bool IsReplaced(string path) =>
            keys.Any(k => path == k || (k.EndsWith(".id", StringComparison.Ordinal) && path.StartsWith(k[..^2], StringComparison.Ordinal)));
        return a.Keys.Union(b.Keys).Where(p => !IsReplaced(p)).All(p => a.GetValueOrDefault(p) == b.GetValueOrDefault(p));
    }
}
