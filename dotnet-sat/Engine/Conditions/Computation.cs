using Sat.Engine.Interop;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Records.Specs;
using static TorchSharp.torch;

namespace Sat.Engine.Conditions;

/// <summary>Where and how a run computes: chosen once, when it starts.</summary>
/// <param name="Device">Where.</param>
/// <param name="Card">The graphics card; null: none, or one that nothing is known of.</param>
/// <param name="Precision">In which arithmetic.</param>
/// <param name="Switches">In which of several ways that give the same results but for the last bits.</param>
/// <param name="Deterministic">True if only deterministic kernels may be used.</param>
/// <param name="Loading">How images that are not in memory are read.</param>
public sealed record Computation(
    Device Device,
    GraphicsCard? Card,
    Precision Precision,
    Switches Switches,
    bool Deterministic,
    Loading Loading
)
{
    /// <summary>Loads libtorch and sets what holds for the whole process.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="device">See <see cref="Devices.Parse"/>.</param>
    /// <param name="threads">Threads within an operation; null: those of the run's earlier part, else one a processor.</param>
    /// <param name="loading">Threads that decode images as asked for (null: not given), and processors that the run may use.</param>
    /// <param name="before">The conditions of the run's earlier part; null: there is none.</param>
    /// <exception cref="SatException">It cannot be had here (exit code 5), or the device's name is none (exit code 2).</exception>
    public static Computation Prepare(
        RunSpec spec,
        string device,
        int? threads,
        (int? Threads, int Processors) loading,
        RunEnvironment? before
    )
    {
        LibTorch.Load();
        var each = threads ?? before?.Threads ?? Environment.ProcessorCount;
        set_num_threads(each);
        var chosen = Devices.Parse(device);
        var card = chosen.type == TorchSharp.DeviceType.CUDA ? GraphicsCard.Read(Math.Max(0, chosen.index)) : null;
        var precision = Precision.Parse(spec.Precision);
        precision.Require(chosen, card);
        var switches = Switches.Choose(before);
        if (spec.Deterministic)
        {
            Kernels.RequireDeterministic();
            switches = switches.Deterministic();
        }
        Kernels.SearchesForFastest = switches.SearchesKernels;
        return new Computation(
            chosen,
            card,
            precision,
            switches,
            spec.Deterministic,
            Loading.Choose(loading.Threads, chosen.type, each, loading.Processors)
        );
    }
}
