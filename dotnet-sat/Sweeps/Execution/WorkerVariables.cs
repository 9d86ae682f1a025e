namespace Sat.Sweeps.Execution;

/// <summary>What a worker finds in its environment where its user has set nothing else. What each gains: docs/benchmarks.md,
/// "Switches".</summary>
internal static class WorkerVariables
{
    /// <summary>0: a worker gives memory back to the system as usual.</summary>
    private const string KeepMemory = "SAT_KEEP_MEMORY";

    // glibc gives each large block back to the system when it is freed, and every step of training would get its pages, zeroed, anew. A
    // worker keeps them until it ends (mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD). Other systems do not know these.
    private static readonly string[] Kept = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"];

    /// <summary>Adds them.</summary>
    /// <param name="environment">The worker's, a copy of this process's.</param>
    public static void AddTo(IDictionary<string, string?> environment)
    {
        if (!environment.TryGetValue(KeepMemory, out var keep) || keep != "0")
        {
            foreach (var name in Kept)
                environment.TryAdd(name, "2147483647");
        }
        // CUDA would number cards by their speed, nvidia-smi, by which runs are placed, by their slots.
        environment.TryAdd("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        // Little of a worker's time is spent in .NET, and compiling methods again from their 30th call on takes a processor that libtorch
        // waits for. Hexadecimal: from the 4096th on.
        environment.TryAdd("DOTNET_TC_CallCountThreshold", "1000");
    }
}
