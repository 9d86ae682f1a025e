using System.Diagnostics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Planning;

namespace Sat.Tool.Display;

/// <summary>How much of a sweep is done, by the epochs within its runs, each run weighted by its known cost, else by its epochs.</summary>
internal sealed class SweepShare
{
    private readonly Dictionary<string, double> _weights;
    private readonly Dictionary<string, (double Share, double First)> _runs = [];
    private readonly double _all;
    private double _before;
    private long _started;

    /// <param name="runs">The runs of the plan.</param>
    /// <param name="history">How fast runs were here.</param>
    public SweepShare(IReadOnlyList<PlannedRun> runs, IReadOnlyList<Speed> history)
    {
        var costs = RunCost.Estimate([.. runs.Select(r => r.Request.Spec)], history);
        _weights = runs.Select((r, i) => (r.Id, Weight: costs[i])).ToDictionary(r => r.Id, r => r.Weight);
        _all = Math.Max(_weights.Values.Sum(), double.Epsilon);
    }

    /// <summary>The share, in [0, 1].</summary>
    public double Share => Math.Clamp((_before + Done) / _all, 0, 1);

    /// <summary>Time left, by the speed of this sweep; null while nothing was measured.</summary>
    public TimeSpan? Left
    {
        get
        {
            var measured = _runs.Sum(r => _weights[r.Key] * (r.Value.Share - r.Value.First));
            if (measured <= 0 || _started == 0)
                return null;
            var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds * Math.Max(0, _all - _before - Done) / measured;
            return double.IsFinite(seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, 1e9)) : null;
        }
    }

    private double Done => _runs.Sum(r => _weights[r.Key] * r.Value.Share);

    /// <summary>A worker starts: what a resumed run had is none of this sweep's work, and is known with its first event.</summary>
    public void Start(PlannedRun run)
    {
        if (_started == 0)
            _started = Stopwatch.GetTimestamp();
        _runs.Remove(run.Id);
    }

    /// <summary>A worker told of its progress.</summary>
    public void Tell(PlannedRun run, RunEvent progress)
    {
        if (ShareOf(progress) is not { } share)
            return;
        var first =
            _runs.TryGetValue(run.Id, out var known) ? known.First
            : progress.Kind == RunEventKind.Started ? share
            : 0;
        _runs[run.Id] = (share, first);
    }

    /// <summary>A run ended, well or not: no more of it is to come.</summary>
    public void End(PlannedRun run, bool done) =>
        _runs[run.Id] = (
            1,
            done
                ? _runs.GetValueOrDefault(run.Id).First
                : 1 - (_runs.GetValueOrDefault(run.Id).Share - _runs.GetValueOrDefault(run.Id).First)
        );

    /// <summary>A run is not made here.</summary>
    public void Skip(PlannedRun run) => _before += _weights[run.Id];

    /// <summary>A run will be made again from its beginning.</summary>
    public void Postpone(PlannedRun run) => _runs.Remove(run.Id);

    /// <summary>How much of a run is done; null where an event does not tell.</summary>
    public static double? ShareOf(RunEvent progress) =>
        progress switch
        {
            { Step: { } step, Steps: > 0 and var steps } => Math.Clamp((double)step / steps, 0, 1),
            { Kind: RunEventKind.Epoch, Epoch: { } epoch, Epochs: > 0 and var epochs } => Math.Clamp((double)epoch / epochs, 0, 1),
            _ => null,
        };
}
