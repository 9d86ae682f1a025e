using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>Images and labels as they are trained on, and as they were before any noise.</summary>
/// <param name="Images">The images.</param>
/// <param name="Given">int64 [n] on the device: what is trained on; null when unlabelled.</param>
/// <param name="Clean">int64 [n] on the device: the labels before the noise; null when unlabelled, or when nobody knows more than what is
/// given.</param>
public sealed record SampleSet(ImageSource Images, Tensor? Given, Tensor? Clean) : IDisposable
{
    public long Count => Images.Count;

    /// <summary>Those of <see cref="Images"/> that are corrupted, as they were before; null: none is.</summary>
    public Originals? Originals { get; init; }

    /// <summary>True if <see cref="Clean"/> tells which of the given labels are wrong, or changed; false where it is merely what is
    /// given.</summary>
    public bool TellsWrongLabels { get; init; }

    public void Dispose()
    {
        Images.Dispose();
        Given?.Dispose();
        Clean?.Dispose();
        Originals?.Dispose();
    }
}
