namespace Sat.Records.Runs;

/// <summary>Where a run stands, by its record and its lease.</summary>
public enum RunStanding
{
    /// <summary>No worker has begun it.</summary>
    Missing,

    /// <summary>A worker has its lease.</summary>
    Running,

    /// <summary>Finished; its metrics are final.</summary>
    Done,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Its loss became infinite or not a number.</summary>
    Diverged,

    /// <summary>Stopped from outside, or its worker is gone.</summary>
    Interrupted,

    /// <summary>Done, with other builds of its plugins than the latest run of its cell: shown, and left out of means.</summary>
    Stale,

    /// <summary>Its record is not as it was written, or its outcome is not the recorded one: nothing it says is believed.</summary>
    Damaged,
}

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
