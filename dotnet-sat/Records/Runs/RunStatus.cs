namespace Sat.Records.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Planned, not begun.</summary>
    Queued,

    /// <summary>A worker holds it.</summary>
    Running,

    /// <summary>Finished; its metrics are final.</summary>
    Done,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Its loss became infinite or not a number.</summary>
    Diverged,

    /// <summary>Stopped from outside: a signal, a lost parent, a dead machine.</summary>
    Interrupted,
}
