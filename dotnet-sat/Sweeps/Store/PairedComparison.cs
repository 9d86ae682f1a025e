using Sat.Records;

namespace Sat.Sweeps.Store;

/// <summary>Compares two selections of runs, pair by pair.</summary>
public static class PairedComparison
{
    /// <summary>Stands for the setting of all pairs together.</summary>
    public const string All = "all";

    /// <summary>The pairs: runs of the two sides that agree in every setting outside the components that the sides are told apart
    /// by.</summary>
    /// <param name="runs">The runs at hand.</param>
    /// <param name="first">Conditions of the first side.</param>
    /// <param name="second">Conditions of the second side.</param>
    /// <exception cref="SatException">A run has several partners: the sides do not say enough (exit code 2).</exception>
    public static IReadOnlyList<RunPair> Pair(
        IReadOnlyList<StoredRun> runs,
        IReadOnlyList<RunCondition> first,
        IReadOnlyList<RunCondition> second
    )
    {
        var slots = first.Concat(second).Select(c => Slot(c.Name)).ToHashSet(StringComparer.Ordinal);
        string Rest(StoredRun run) =>
            string.Join('\n', run.Settings.Where(s => !slots.Contains(Slot(s.Key))).Select(s => $"{s.Key}={s.Value}"));
        if (runs.FirstOrDefault(r => first.Concat(second).All(c => c.Holds(r))) is { } both)
            throw new SatException(ExitCode.Planning, $"the run {both.ShortId} matches both sides: they must exclude each other");
        var partners = runs.Where(r => second.All(c => c.Holds(r))).ToLookup(Rest);
        var pairs = new List<RunPair>();
        foreach (var group in runs.Where(r => first.All(c => c.Holds(r))).GroupBy(Rest))
        {
            var one = group.ToArray();
            var other = partners[group.Key].ToArray();
            if (one.Length > 1 || other.Length > 1)
            {
                var many = one.Length > 1 ? one : other;
                throw new SatException(
                    ExitCode.Planning,
                    $"{many.Length} runs match one side with all else equal ({string.Join(", ", many.Take(3).Select(r => r.ShortId))}): add a condition that tells them apart, such as method.alpha=0.9"
                );
            }
            if (other.Length == 1)
                pairs.Add(new RunPair(one[0], other[0]));
        }
        return pairs;
    }

    /// <summary>Differences by setting, the seeds of each pooled, and over all pairs at the end where there are several settings.</summary>
    /// <exception cref="SatException">No pair has the metric (exit code 2).</exception>
    public static IReadOnlyList<PairedDifference> Compare(
        IReadOnlyList<RunPair> pairs,
        IReadOnlyList<string> sides,
        string metric,
        double confidence
    )
    {
        var measured = pairs.Where(p => p.First.Metrics.ContainsKey(metric) && p.Second.Metrics.ContainsKey(metric)).ToArray();
        if (measured.Length == 0)
        {
            var known = pairs.SelectMany(p => p.First.Metrics.Keys).Distinct().ToArray();
            throw new SatException(
                ExitCode.Planning,
                pairs.Count == 0
                    ? "no two finished runs form a pair: they must agree in all settings, the seed included, except those that tell the sides apart"
                    : $"no pair has the metric '{metric}'.{NearestName.Hint(metric, known)}"
            );
        }
        var slots = sides.Select(Slot).ToHashSet(StringComparer.Ordinal);
        string[] varying =
        [
            .. measured
                .SelectMany(p => p.First.Settings.Keys)
                .Distinct()
                .Where(k =>
                    k != "seed"
                    && !slots.Contains(Slot(k))
                    && measured.Select(p => p.First.Settings.GetValueOrDefault(k)).Distinct().Count() > 1
                )
                .Order(StringComparer.Ordinal),
        ];
        string Setting(RunPair pair, IEnumerable<string> names) =>
            string.Join(", ", names.Where(pair.First.Settings.ContainsKey).Select(k => $"{k}={pair.First.Settings[k]}"));
        // Options that one component has and another has not are told by the component's id.
        string[] telling =
        [
            .. varying.Where(k => measured.Select(p => p.First.Settings.GetValueOrDefault(k)).OfType<string>().Distinct().Count() > 1),
        ];
        var differences = measured
            .GroupBy(p => Setting(p, varying))
            .Select(g =>
                PairedDifference.From(
                    g.Key.Length == 0 ? All : Setting(g.First(), telling),
                    [.. g.Select(p => (p.First.Metrics[metric], p.Second.Metrics[metric]))],
                    confidence
                )
            )
            .ToList();
        if (differences.Count > 1)
            differences.Add(
                PairedDifference.From(All, [.. measured.Select(p => (p.First.Metrics[metric], p.Second.Metrics[metric]))], confidence)
            );
        return differences;
    }

    /// <summary>The component that a setting belongs to: <c>method</c> of <c>method.alpha</c>, <c>training.optimizer</c> of
    /// <c>training.optimizer.lr</c>.</summary>
    private static string Slot(string path) => path.LastIndexOf('.') is > 0 and var at && path[..at] != "training" ? path[..at] : path;
}
