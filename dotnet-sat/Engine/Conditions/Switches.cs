using Sat.Engine.Interop;
using Sat.Records.Runs;

namespace Sat.Engine.Conditions;

/// <summary>Where a run has a choice between ways that give the same results but for the last bits. What each gains: docs/benchmarks.md,
/// "Switches".</summary>
/// <param name="MemoryFormat">How images and the weights of convolutions lie in memory.</param>
/// <param name="OptimizerStep"><c>fused</c> or <c>torchsharp</c>: who makes the steps of SGD, Adam and AdamW.</param>
/// <param name="KernelSearch"><c>on</c> or <c>off</c>: cuDNN tries its convolutions out and takes the fastest. On the CPU it is
/// nothing.</param>
public sealed record Switches(MemoryFormat MemoryFormat, string OptimizerStep, string KernelSearch)
{
    private const string Fused = "fused";
    private const string TorchSharp = "torchsharp";
    private const string On = "on";
    private const string Off = "off";

    private static readonly Switch Format = new(
        "SAT_MEMORY_FORMAT",
        [MemoryFormat.ChannelsLast.Name, MemoryFormat.Contiguous.Name],
        MemoryFormat.Contiguous.Name
    );
    private static readonly Switch Step = new("SAT_OPTIMIZER_STEP", [Fused, TorchSharp], TorchSharp);
    private static readonly Switch Search = new("SAT_KERNEL_SEARCH", [On, Off], Off);

    /// <summary>True if libtorch's fused kernels make the optimizer's steps.</summary>
    public bool FusedStep => OptimizerStep == Fused;

    /// <summary>The same where only deterministic kernels are allowed: a search may find another kernel next time.</summary>
    public Switches Deterministic() => this with { KernelSearch = Off };

    /// <summary>True if cuDNN is to look for its fastest convolutions.</summary>
    public bool SearchesKernels => KernelSearch == On;

    /// <summary>What the environment says; else what the run's earlier part had; else the defaults.</summary>
    /// <param name="before">The conditions of the earlier part; null: there is none.</param>
    /// <exception cref="Sat.Records.SatException">A variable says what there is not (exit code 5).</exception>
    public static Switches Choose(RunEnvironment? before)
    {
        var step = Step.Choose(before?.OptimizerStep);
        return new(
            MemoryFormat.Named(Format.Choose(before?.MemoryFormat)),
            step == Fused && !FusedOptimizers.AreThere ? TorchSharp : step,
            Search.Choose(before?.KernelSearch)
        );
    }

    /// <summary>Lets this process's workers choose as a run did, unless its user has chosen.</summary>
    /// <param name="recorded">The run's conditions.</param>
    public static void Adopt(RunEnvironment? recorded)
    {
        Format.Adopt(recorded?.MemoryFormat);
        Step.Adopt(recorded?.OptimizerStep);
        Search.Adopt(recorded?.KernelSearch);
    }
}
