using Sat.Sweeps.Execution;

namespace Sat.Tool.Sweeping;

/// <summary>How runs are carried out.</summary>
/// <param name="Device"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
/// <param name="Threads">Threads of each run; null: not given.</param>
/// <param name="Jobs">Runs at a time, where there are processors for them.</param>
/// <param name="FailFast">Start nothing more once a run has failed.</param>
/// <param name="Checkpoints">The worker's options on checkpoints.</param>
/// <param name="StallAfter">How long a run may make no step; null: for ever.</param>
internal sealed record SweepConditions(
    string Device,
    int? Threads,
    int Jobs,
    bool FailFast,
    IReadOnlyList<string> Checkpoints,
    TimeSpan? StallAfter = null
)
{
    /// <summary>Threads of each run that decode images; null: not given.</summary>
    public int? LoaderThreads { get; init; }

    /// <summary>Make runs again whose plugins were other builds than those installed.</summary>
    public bool RemakeStale { get; init; }

    /// <summary>What carries runs out, from the arguments of a worker; null: processes of this machine.</summary>
    public Func<IReadOnlyList<string>, IRunExecutor>? Executor { get; init; }

    /// <summary>Print each event as a line of JSON on standard output.</summary>
    public bool Json { get; init; }

    /// <summary>Rewrite the output folder's report as runs end.</summary>
    public bool Reports { get; init; }
}
