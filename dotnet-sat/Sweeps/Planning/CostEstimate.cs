using Sat.Records.Plans;
using Sat.Sweeps.Store;

namespace Sat.Sweeps.Planning;

/// <summary>What a plan's free runs will cost.</summary>
/// <param name="FreeRuns">Runs that a sweep would start; see <see cref="RunState.IsFree"/>.</param>
/// <param name="UnknownRuns">Those among them of which no finished run tells the speed.</param>
/// <param name="Work">Seconds of training of all free runs, one after the other, evaluation left out; null: not known for all.</param>
public sealed record CostEstimate(int FreeRuns, int UnknownRuns, TimeSpan? Work)
{
    /// <summary>Seconds of training of the free runs whose speed is known.</summary>
    public TimeSpan KnownWork { get; init; }

    /// <summary>Evaluations among the free runs, whose time nothing tells.</summary>
    public int Evaluations { get; init; }

    /// <summary>Those runs of which nothing tells the speed and whose files are here, so that it can be tried.</summary>
    public IReadOnlyList<PlannedRun> ToTry { get; init; } = [];

    /// <summary>Estimates from the finished runs among <paramref name="states"/>, from a history, and from trials of what neither tells
    /// of.</summary>
    public static CostEstimate From(IReadOnlyList<RunState> states, IReadOnlyList<Speed> history, IReadOnlyList<Speed>? trials = null)
    {
        Speed[] finished = [.. states.Select(s => Speed.From(s.Run.Request.Spec, s.Summary)).OfType<Speed>(), .. history];
        // A run on some of the samples tells nothing of runs on all of them.
        var told = finished.Where(s => s.Samples > 0).Select(s => s.Kind).ToHashSet();
        var cost = new RunCost([.. finished, .. (trials ?? []).Where(t => !told.Contains(t.Kind))]);
        PlannedRun[] free = [.. states.Where(s => s.IsFree).Select(s => s.Run)];
        var seconds = free.Select(r => cost.Seconds(r.Request.Spec)).ToArray();
        PlannedRun[] unknown = [.. free.Where((_, i) => seconds[i] is null)];
        return new CostEstimate(free.Length, unknown.Length, unknown.Length == 0 ? TimeSpan.FromSeconds(seconds.Sum(s => s ?? 0)) : null)
        {
            Evaluations = free.Count(r => r.Request.Spec.Evaluation is not null),
            KnownWork = TimeSpan.FromSeconds(seconds.Sum(s => s ?? 0)),
            ToTry = [.. unknown.Where(r => r.Files == KnownFiles.Found)],
        };
    }
}
