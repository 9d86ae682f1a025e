using Sat.Engine.Interop;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>
/// Scales the loss so that small gradients do not vanish in half precision, and finds a scale by itself (arXiv 1710.03740, section 3.2,
/// with the numbers of PyTorch's <c>GradScaler</c>): halved where a gradient overflows, in which case the step is left out; doubled after
/// 2,000 steps without.
/// </summary>
public sealed class LossScaler : IDisposable
{
    private const double First = 65536;
    private const double Growth = 2;
    private const double Backoff = 0.5;
    private const long Interval = 2000;

    private readonly Tensor _scale;
    private readonly Tensor _tracker;

    /// <summary>A scaler at its first scale.</summary>
    /// <param name="device">Where the network is.</param>
    public LossScaler(Device device)
    {
        using var scope = NewDisposeScope();
        _scale = full([1], First, ScalarType.Float32, device).DetachFromDisposeScope();
        _tracker = zeros([1], ScalarType.Int32, device).DetachFromDisposeScope();
        State = new Dictionary<string, Tensor> { ["scale"] = _scale, ["steps-without-overflow"] = _tracker };
    }

    /// <summary>Its tensors, by name; checkpoints hold their values.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>The loss times the scale.</summary>
    public Tensor Scale(Tensor loss) => loss * _scale;

    /// <summary>Divides gradients by the scale, in place.</summary>
    /// <returns>float32 [1]: 1 where a gradient is infinite or not a number, and the step is to be left out, else 0.</returns>
    public Tensor Unscale(IReadOnlyList<Tensor> gradients)
    {
        var overflow = zeros(1, ScalarType.Float32, _scale.device);
        if (gradients.Count > 0)
            LossScaling.Multiply(gradients, overflow, _scale.to(ScalarType.Float64).reciprocal().to(ScalarType.Float32));
        return overflow;
    }

    /// <summary>Finds the next step's scale.</summary>
    public void Update(Tensor overflow) => LossScaling.Update(_scale, _tracker, overflow, Growth, Backoff, Interval);

    /// <inheritdoc/>
    public void Dispose()
    {
        _scale.Dispose();
        _tracker.Dispose();
    }
}
