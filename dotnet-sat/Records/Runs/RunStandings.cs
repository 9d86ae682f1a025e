namespace Sat.Records.Runs;

/// <summary>Tells where runs stand.</summary>
public static class RunStandings
{
    /// <summary>What a run's record says and whether a worker has its lease, as of one moment. A worker that ended between the two looks
    /// wrote its last word into the record before it gave the lease back: that is read again.</summary>
    /// <typeparam name="T">What is read of the record.</typeparam>
    /// <param name="read">Reads the record.</param>
    /// <param name="status">The status in what was read; null: there is no record.</param>
    /// <param name="isHeld">Whether a worker has its lease; not asked of a run that is done.</param>
    public static (T Record, bool IsHeld) Look<T>(Func<T> read, Func<T, RunStatus?> status, Func<bool> isHeld)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(isHeld);
        var record = read();
        return status(record) switch
        {
            RunStatus.Done => (record, false),
            _ when isHeld() => (record, true),
            RunStatus.Running => (read(), false),
            _ => (record, false),
        };
    }

    /// <summary>Where a run stands whose record can be believed. Whether it is stale, only its cell can tell.</summary>
    /// <param name="status">What the record says; null: there is none.</param>
    /// <param name="isHeld">Whether a worker has its lease; asked only where that decides.</param>
    public static RunStanding From(RunStatus? status, Func<bool> isHeld)
    {
        ArgumentNullException.ThrowIfNull(isHeld);
        return status switch
        {
            RunStatus.Done => RunStanding.Done,
            _ when isHeld() => RunStanding.Running,
            RunStatus.Failed => RunStanding.Failed,
            RunStatus.Diverged => RunStanding.Diverged,
            RunStatus.Interrupted or RunStatus.Running => RunStanding.Interrupted,
            _ => RunStanding.Missing,
        };
    }
}
