using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>From bytes, or from values in [0, 1], to normalised float32.</summary>
public sealed class Pixels : IDisposable
{
    private readonly Tensor? _mean;
    private readonly Tensor? _deviation;
    private readonly Tensor? _mean255;
    private readonly Tensor? _deviation255;

    /// <param name="normalization">The dataset's; null leaves values in [0, 1].</param>
    /// <param name="device">Where images live.</param>
    public Pixels(Normalization? normalization, Device device)
    {
        if (normalization is null)
            return;
        Tensor Column(IEnumerable<double> values) =>
            tensor(values.Select(v => (float)v).ToArray()).reshape(1, -1, 1, 1).to(device).DetachFromDisposeScope();
        _mean = Column(normalization.Mean);
        _deviation = Column(normalization.Deviation);
        _mean255 = Column(normalization.Mean.Select(m => m * 255));
        _deviation255 = Column(normalization.Deviation.Select(d => d * 255));
    }

    /// <summary>float32 of the same shape.</summary>
    /// <param name="images">uint8 in [0, 255], or float32 in [0, 1].</param>
    public Tensor Normalize(Tensor images)
    {
        if (images.dtype == ScalarType.Byte)
        {
            var values = images.to(ScalarType.Float32);
            return _mean255 is null ? values.div_(255) : values.sub_(_mean255).div_(_deviation255!);
        }
        return _mean is null ? images : (images - _mean).div_(_deviation!);
    }

    public void Dispose()
    {
        _mean?.Dispose();
        _deviation?.Dispose();
        _mean255?.Dispose();
        _deviation255?.Dispose();
    }
}
