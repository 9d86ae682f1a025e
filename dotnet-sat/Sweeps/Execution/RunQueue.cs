using Sat.Records.Plans;

namespace Sat.Sweeps.Execution;

/// <summary>The runs that are left, handed out in their order, but for evaluations: those wait for the run that they measure.</summary>
/// <param name="runs">The runs.</param>
internal sealed class RunQueue(IReadOnlyList<PlannedRun> runs)
{
    private readonly Lock _lock = new();
    private readonly List<PlannedRun> _waiting = [.. runs];
    private readonly HashSet<string> _unsettled = [.. runs.Select(r => r.Id)];
    private TaskCompletionSource _settled = Signal();

    /// <summary>The next run; null when none is left. It waits where all that are left depend on runs under way.</summary>
    public async Task<PlannedRun?> Next()
    {
        while (true)
        {
            Task settled;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                    return null;
                if (_waiting.FindIndex(r => r.Request.Spec.Parent is not { } parent || !_unsettled.Contains(parent)) is >= 0 and var ready)
                {
                    var run = _waiting[ready];
                    _waiting.RemoveAt(ready);
                    return run;
                }
                settled = _settled.Task;
            }
            await settled;
        }
    }

    /// <summary>Says that a run was dealt with, whatever came of it.</summary>
    public void Settle(PlannedRun run)
    {
        lock (_lock)
        {
            _unsettled.Remove(run.Id);
            _settled.SetResult();
            _settled = Signal();
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
