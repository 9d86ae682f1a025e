using Sat.Records;

namespace Sat.Sweeps.Execution;

/// <summary>What came of a sweep; each run of the plan is counted once.</summary>
public sealed record SweepResult
{
    /// <summary>Runs that this sweep finished.</summary>
    public int Done { get; init; }

    /// <summary>Runs that were done before, or that another sweep finished meanwhile.</summary>
    public int DoneBefore { get; init; }

    /// <summary>Those among <see cref="DoneBefore"/> whose plugins were other builds than those installed.</summary>
    public int ByOtherCode { get; init; }

    /// <summary>Runs that failed: now, or before and not tried again.</summary>
    public int Failed { get; init; }

    /// <summary>Runs that diverged: now, or before and not tried again.</summary>
    public int Diverged { get; init; }

    /// <summary>Runs that were stopped.</summary>
    public int Interrupted { get; init; }

    /// <summary>Runs that another sweep's workers hold.</summary>
    public int Elsewhere { get; init; }

    /// <summary>Runs that were not begun: the sweep was stopped, or failed fast.</summary>
    public int NotStarted { get; init; }

    /// <summary>True if the sweep was stopped from outside.</summary>
    public bool Stopped { get; init; }

    /// <summary>What listeners threw; the sweep went on.</summary>
    public IReadOnlyList<Exception> ListenerErrors { get; init; } = [];

    /// <summary>The worst exit code that a run which did not succeed asks for; 0 when all did.</summary>
    public int WorstFailure { get; init; }

    /// <summary>What keeps every run from being made here, so that none was started any more: no such device, a full disk. Null: nothing
    /// does.</summary>
    public SatException? Obstacle { get; init; }

    /// <summary>130 when stopped (whoever knows that it was SIGTERM says 143), else that of the obstacle or of the worst run.</summary>
    public int ExitCode =>
        Records.ExitCode.Worst(
            Stopped ? Records.ExitCode.Interrupted : Records.ExitCode.Fine,
            Records.ExitCode.Worst(Obstacle?.ExitCode ?? Records.ExitCode.Fine, WorstFailure)
        );
}
