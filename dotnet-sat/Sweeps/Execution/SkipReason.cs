namespace Sat.Sweeps.Execution;

/// <summary>Why a run is not started.</summary>
public enum SkipReason
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed before, and is not to be tried again.</summary>
    FailedBefore,

    /// <summary>Another sweep's worker holds it.</summary>
    Elsewhere,
}
