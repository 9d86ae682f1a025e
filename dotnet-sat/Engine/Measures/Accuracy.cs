using Sat.Engine.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Measures;

/// <summary>Evaluates a classifier without augmentation, its networks in evaluation mode.</summary>
public static class Accuracy
{
    private const long BatchSize = 512;

    /// <summary>Accuracies over all images.</summary>
    public static Accuracies Measure(Method method, SampleSet data, Pixels pixels)
    {
        using var scope = NewDisposeScope();
        var noisy = Logits(method, data.Images, pixels).argmax(1);
        // Each image is classified by itself: of those that are not corrupted the class is known already.
        var clean =
            data.Originals is { } originals && data.Clean is not null
                ? noisy.index_copy(0, originals.Positions, Logits(method, originals, pixels).argmax(1))
                : noisy;
        return new Accuracies(Share(noisy, data.Given), Share(clean, data.Clean));

        static double Share(Tensor predictions, Tensor? labels) =>
            labels is null ? double.NaN : predictions.eq(labels).to(ScalarType.Float64).mean().item<double>();
    }

    /// <summary>Logits over all images, float32 [n, classes] on the device; the caller disposes them.</summary>
    public static Tensor Logits(Method method, ImageSource images, Pixels pixels) =>
        Collect(method, ((IClassifier)method).Logits, images, pixels, images.Count);

    /// <summary>All outputs over all images, those of the classes first, float32 [n, outputs] on the device, of a method with more of them
    /// than classes; null: it has no others. The caller disposes them.</summary>
    public static Tensor? ExtraOutputs(Method method, ImageSource images, Pixels pixels)
    {
        if (method is not IOutputs all || images.Count == 0)
            return null;
        using var one = Collect(method, all.Outputs, images, pixels, 1);
        return one.shape[1] > method.Task.Classes.Count ? Collect(method, all.Outputs, images, pixels, images.Count) : null;
    }

    /// <summary>What is said of the first images, so many.</summary>
    private static Tensor Collect(Method method, Func<Tensor, Tensor> classify, ImageSource images, Pixels pixels, long count)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        method.Network.eval();
        try
        {
            var parts = new List<Tensor>();
            for (var start = 0L; start < count; start += BatchSize)
            {
                using var part = NewDisposeScope();
                var batch = pixels.Normalize(images.Fetch(start, Math.Min(BatchSize, count - start)));
                parts.Add(classify(batch).MoveToOuterDisposeScope());
            }
            return cat(parts, 0).MoveToOuterDisposeScope();
        }
        finally
        {
            method.Network.train();
        }
    }
}
