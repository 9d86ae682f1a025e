namespace Sat.Records.Runs;

/// <summary>Tells where runs stand.</summary>
public static class RunStandings
{
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
