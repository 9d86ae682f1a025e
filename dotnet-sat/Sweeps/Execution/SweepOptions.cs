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
