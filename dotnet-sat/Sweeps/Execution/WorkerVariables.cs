namespace Sat.Sweeps.Execution;

/// <summary>What a worker finds in its environment where its user has set nothing else. Gains: docs/benchmarks.md, "Training".</summary>
internal static class WorkerVariables
{
    private const string MemoryKept = "2147483647";

    /// <summary>Name to value; other systems' libraries do not know them.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        // glibc gives each large block back to the system when it is freed, and every step of training would get its pages, zeroed, anew:
        // up to a third of the time. A worker keeps them until it ends (mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD).
        ["MALLOC_MMAP_THRESHOLD_"] = MemoryKept,
        ["MALLOC_TRIM_THRESHOLD_"] = MemoryKept,
        // Little of a worker's time is spent in .NET, and compiling its methods once more, from their 30th call on, takes seconds of a
        // processor that libtorch waits for. Hexadecimal: from the 4096th.
        ["DOTNET_TC_CallCountThreshold"] = "1000",
    };
}
