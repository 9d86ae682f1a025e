using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sat.Engine.Conditions;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>From bytes, or from values in [0, 1], to normalised float32.</summary>
public sealed class Pixels : IDisposable
{
    private readonly MemoryFormat _format;
    private readonly Tensor? _mean;
    private readonly Tensor? _deviation;
    private readonly Tensor? _mean255;
    private readonly Tensor? _deviation255;
    private readonly (float Mean, float Deviation)[]? _bytes;

    /// <param name="normalization">The dataset's; null leaves values in [0, 1].</param>
    /// <param name="device">Where images live.</param>
    /// <param name="format">How the results lie in memory; null: plane by plane.</param>
    public Pixels(Normalization? normalization, Device device, MemoryFormat? format = null)
    {
        _format = format ?? MemoryFormat.Contiguous;
        if (normalization is null)
            return;
        Tensor Column(IEnumerable<float> values) => tensor(values.ToArray()).reshape(1, -1, 1, 1).to(device).DetachFromDisposeScope();
        _mean = Column(normalization.Mean.Select(m => (float)m));
        _deviation = Column(normalization.Deviation.Select(d => (float)d));
        _bytes = [.. normalization.Mean.Zip(normalization.Deviation, (m, d) => ((float)(m * 255), (float)(d * 255)))];
        _mean255 = Column(_bytes.Select(b => b.Mean));
        _deviation255 = Column(_bytes.Select(b => b.Deviation));
    }

    /// <summary>float32 of the same shape.</summary>
    /// <param name="images">uint8 in [0, 255], or float32 in [0, 1].</param>
    public Tensor Normalize(Tensor images)
    {
        if (images.dtype == ScalarType.Byte)
        {
            var values = _format.Apply(images).to(ScalarType.Float32);
            return _mean255 is null ? values.div_(255) : values.sub_(_mean255).div_(_deviation255!);
        }
        return _mean is null ? _format.Apply(images) : (_format.Apply(images) - _mean).div_(_deviation!);
    }

    /// <summary>
    /// Windows of images on the CPU, float32 [selected, channels, height, width]: to the bit what <see cref="Normalize(Tensor)"/>
    /// makes of their bytes, in one pass from the bytes to the values.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="windows">A window an image.</param>
    /// <exception cref="InvalidDataException">The normalisation is for another number of channels.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Tensor Normalize(ImageSelection images, IReadOnlyList<Window> windows)
    {
        var (channels, height, width) = ((int)images.Images.shape[1], (int)images.Images.shape[2], (int)images.Images.shape[3]);
        if (_bytes is not null && _bytes.Length != channels)
            throw new InvalidDataException($"the images have {channels} channels, but the dataset's normalisation has {_bytes.Length}");
        var views = empty([images.Count, channels, height, width], ScalarType.Float32);
        if (views.numel() == 0)
            return views;

        using var scope = NewDisposeScope();
        var source = images.Images.contiguous();
        var positions = images.Positions is { } selected ? MemoryMarshal.Cast<byte, long>(selected.contiguous().bytes) : default;
        // From the first element on by hand: a span ends at 2 GiB, a dataset need not.
        ref var bytes = ref MemoryMarshal.GetReference(source.narrow(0, 0, 1).bytes);
        ref var values = ref Unsafe.As<byte, float>(ref MemoryMarshal.GetReference(views.narrow(0, 0, 1).bytes));
        var plane = height * width;
        var cut = new byte[plane];
        for (var i = 0; i < windows.Count; i++)
        {
            var image = (positions.IsEmpty ? i : positions[i]) * channels;
            for (var c = 0; c < channels; c++)
            {
                var from = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AddByteOffset(ref bytes, (nint)((image + c) * plane)), plane);
                var to = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref values, (nint)(((long)i * channels + c) * plane)), plane);
                var (mean, deviation) = _bytes?[c] ?? (0, 255);
                if (windows[i] == default)
                {
                    PlaneKernel.Normalize(from, mean, deviation, to);
                }
                else
                {
                    PlaneKernel.Cut(from, height, width, windows[i], cut);
                    PlaneKernel.Normalize(cut, mean, deviation, to);
                }
            }
        }
        return _format.Apply(views).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _mean?.Dispose();
        _deviation?.Dispose();
        _mean255?.Dispose();
        _deviation255?.Dispose();
    }
}
