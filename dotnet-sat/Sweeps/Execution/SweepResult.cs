using Sat.Records;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Execution;

/// <summary>How to sweep.</summary>
public sealed record SweepOptions
{
    /// <summary>Workers at a time, at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>True to start nothing more once a run has failed.</summary>
    public bool FailFast { get; init; }

    /// <summary>True to try runs again that failed, diverged or were interrupted before.</summary>
    public bool RetryFailed { get; init; } = true;

    /// <summary>The code that a run would be made with here, as <see cref="RunEnvironment.Plugins"/>; null: runs by other code are not
    /// asked for.</summary>
    public Func<RunSpec, IReadOnlyDictionary<string, string>>? Installed { get; init; }

    /// <summary>True to make runs again whose plugins were other builds than those installed.</summary>
    public bool RemakeStale { get; init; }

    /// <summary>How long a worker may make no step before it is ended, and its run is failed; null: for ever.</summary>
    public TimeSpan? StallAfter { get; init; }

    /// <summary>
    /// How long a worker that was asked to stop may show no sign of work before it is ended: at least this, and at least three times as
    /// long as its longest step so far. Also how long one may stay after it has told that its run ended.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Says whether the system ended a worker because memory ran out.</summary>
    public MemoryKills MemoryKills { get; init; } = MemoryKills.OfThisMachine;

    /// <summary>Time between looks at the workers' events.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);
}

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
