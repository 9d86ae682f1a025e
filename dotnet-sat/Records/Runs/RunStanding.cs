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
