using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>Checks what a study expects of its own outcome, seed by seed.</summary>
internal sealed class ExpectationCheck
{
    private readonly IReadOnlyList<(RunResult Run, IReadOnlyDictionary<string, string> Settings)> _runs;

    private readonly Measures _measures;

    public ExpectationCheck(IEnumerable<RunResult> runs, Measures measures)
    {
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
        var seeds = selected.Select(r => CheckRun(expectation, r.Run, r.Settings)).ToArray();
        var status =
            seeds.Any(s => s.Status == ExpectationStatus.NotMet) ? ExpectationStatus.NotMet
            : seeds.Length == 0 || seeds.Any(s => s.Status == ExpectationStatus.NotYet) ? ExpectationStatus.NotYet
            : ExpectationStatus.Met;
        return new ExpectationResult(expectation, status, Claim(expectation), seeds);
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
            (null, { } above) => $"is above that of {Text(above)}, for each seed",
            ({ } least, { } above) =>
                $"is at least {_measures.Text(expectation.Metric, least)} and above that of {Text(above)}, for each seed",
            _ => "is known",
        };
        return $"{expectation.Metric} of {Text(expectation.Where)} {than}";
    }

    private static string Text(IReadOnlyDictionary<string, string> settings) =>
        string.Join(", ", settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));

    private SeedExpectation CheckRun(Expectation expectation, RunResult run, IReadOnlyDictionary<string, string> settings)
    {
        if (Value(run, expectation.Metric) is not { } value)
            return new SeedExpectation(run.Id, run.Seed, Unfinished(run), null, null, $"seed {run.Seed}: {Why(run, expectation.Metric)}");
        double? bound = expectation.AtLeast;
        var met = expectation.AtLeast is not { } least || value >= least;
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
                return new SeedExpectation(
                    run.Id,
                    run.Seed,
                    ExpectationStatus.NotYet,
                    value,
                    null,
                    $"seed {run.Seed}: no run to compare with is planned"
                );
            if (Value(rival, expectation.Metric) is not { } other)
                return new SeedExpectation(
                    run.Id,
                    run.Seed,
                    Unfinished(rival),
                    value,
                    null,
                    $"seed {run.Seed}: the run to compare with: {Why(rival, expectation.Metric)}"
                );
            met &= value > other;
            bound = bound is { } b ? Math.Max(b, other) : other;
            text += $" against {_measures.Text(expectation.Metric, other)} ({_measures.Difference(expectation.Metric, value - other)})";
        }
        return new SeedExpectation(
            run.Id,
            run.Seed,
            met ? ExpectationStatus.Met : ExpectationStatus.NotMet,
            value,
            bound,
            $"seed {run.Seed}: {text}"
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
