using Sat.Engine.Interop;
using Sat.Records;
using Sat.Records.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Conditions;

/// <summary>
/// The arithmetic of a run. <c>fp32</c>: IEEE single precision throughout. <c>tf32</c>: convolutions and matrix products on a graphics card
/// round their inputs to ten bits of mantissa. <c>bf16</c>, <c>fp16</c>: backbones compute with automatic casting (PyTorch's autocast), and
/// give their features in float32; weights, heads, losses, soft targets and optimizer stay in float32. <c>fp16</c> scales the loss, so that
/// small gradients do not vanish.
/// </summary>
public sealed class Precision
{
    // Ampere, the first cards with TensorFloat-32 and bfloat16.
    private static readonly Version Ampere = new(8, 0);

    private readonly ScalarType? _cast;

    private Precision(string name, ScalarType? cast = null) => (Name, _cast) = (name, cast);

    private static IReadOnlyList<Precision> All { get; } =
    [new("fp32"), new("tf32"), new("bf16", ScalarType.BFloat16), new("fp16", ScalarType.Float16)];

    /// <summary>As specifications name it.</summary>
    public string Name { get; }

    /// <summary>True if the loss is scaled.</summary>
    public bool ScalesLoss => _cast == ScalarType.Float16;

    /// <summary>Why the CPU cannot compute so, in a sentence; null where it may.</summary>
    public string? CpuRefusal => IsTf32 ? "precision tf32 exists only on graphics cards, and this run is on the CPU: choose fp32" : null;

    private bool IsTf32 => Name == "tf32";

    /// <summary>The one of a name.</summary>
    /// <exception cref="SatException">There is none of that name (exit code 2).</exception>
    public static Precision Parse(string name) =>
        All.FirstOrDefault(p => p.Name == name)
        ?? throw new SatException(ExitCode.Planning, $"precision is '{name}': it takes {string.Join(", ", All.Select(p => p.Name))}.");

    /// <summary>Why a device cannot compute so, in a sentence; null where it can.</summary>
    /// <param name="device">The kind of device.</param>
    /// <param name="card">The card; null: none, or one that nothing is known of.</param>
    public string? Refusal(DeviceType device, GraphicsCard? card)
    {
        if (device == DeviceType.CPU && CpuRefusal is { } refusal)
            return refusal;
        if (_cast is not null && !(Autocast.IsThere && (!ScalesLoss || LossScaling.IsThere)))
            return $"precision {Name} needs libtorch's automatic casting, which the one in {LibTorch.LoadedFrom} does not export under a known name: choose fp32, or run on Linux";
        if ((IsTf32 || _cast == ScalarType.BFloat16) && card is { Capability: { } capability } && capability < Ampere)
            return $"precision {Name} needs a card of compute capability {Ampere} (Ampere) or newer, and {card.Name} has {capability}: choose {(IsTf32 ? "fp32" : "fp16 or fp32")}";
        return null;
    }

    /// <summary>Sets what is set once for a process.</summary>
    /// <param name="device">Where it computes.</param>
    /// <param name="card">The card; null: none, or one that nothing is known of.</param>
    /// <exception cref="SatException">The device cannot compute so (exit code 5).</exception>
    public void Require(Device device, GraphicsCard? card)
    {
        if (Refusal(device.type, card) is { } refusal)
            throw new SatException(ExitCode.Environment, refusal);
        if (device.type != DeviceType.CUDA)
            return;
        // libtorch's own default lets cuDNN use it: fp32 would not be what it says.
        backends.cuda.matmul.allow_tf32 = IsTf32;
        backends.cudnn.allow_tf32 = IsTf32;
    }

    /// <summary>Lets a module, where it is called by <c>call</c>, compute in this precision on tensors of a device, and give
    /// float32.</summary>
    public void Apply(nn.Module<Tensor, Tensor> module, Device device)
    {
        if (_cast is not { } type)
            return;
        module.register_forward_pre_hook(
            (_, input) =>
            {
                Autocast.Begin(device.type, type);
                return input;
            }
        );
        module.register_forward_hook(
            (_, _, output) =>
            {
                Autocast.End(device.type);
                return output.to(ScalarType.Float32);
            }
        );
    }
}
