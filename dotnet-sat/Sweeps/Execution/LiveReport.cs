using System.Diagnostics;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Rewrites the report of a sweep as its runs end: in a thread of its own that gives way to others, and never for more than a
/// twentieth of the time. The report after the last run is its owner's to write.
/// </summary>
/// <param name="write">Writes the report, whole or not at all.</param>
/// <param name="clock">Tells how long a writing took, and how long ago it was.</param>
public sealed class LiveReport(Action write, TimeProvider clock) : ISweepListener, IDisposable
{
    private const int LeastShare = 20;

    private long _ended = clock.GetTimestamp();
    private TimeSpan _took;
    private Thread? _writing;

    /// <inheritdoc/>
    public void RunEnded(PlannedRun run, RunRecord record)
    {
        if (_writing is { IsAlive: true })
            return;
        _writing?.Join();
        if (clock.GetElapsedTime(_ended) < LeastShare * _took)
            return;
        _writing = new Thread(Write) { IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _writing.Start();
    }

    /// <summary>Waits for a report that is being written.</summary>
    public void Dispose() => _writing?.Join();

    private void Write()
    {
        var began = clock.GetTimestamp();
        try
        {
            write();
        }
        catch (Exception e)
        {
            // Whatever it is: it must not end the runs. The report after the last run meets the same, and says it.
            Debug.WriteLine(e);
        }
        _ended = clock.GetTimestamp();
        _took = clock.GetElapsedTime(began, _ended);
    }

    /// <inheritdoc/>
    public void RunStarted(PlannedRun run, RunFolder folder, string? device) { }

    /// <inheritdoc/>
    public void RunEvent(PlannedRun run, RunEvent progress) { }

    /// <inheritdoc/>
    public void RunPostponed(PlannedRun run, RunRecord record) { }

    /// <inheritdoc/>
    public void RunDamaged(PlannedRun run, string damage) { }

    /// <inheritdoc/>
    public void RunSkipped(PlannedRun run, SkipReason reason) { }

    /// <inheritdoc/>
    public void RunsWatched(int runs) { }
}
