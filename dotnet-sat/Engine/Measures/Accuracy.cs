using Sat.Engine.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Measures;

/// <summary>Accuracy against the given and the true labels, in [0, 1].</summary>
/// <param name="Given">Against what was trained on.</param>
/// <param name="True">Against the truth.</param>
public readonly record struct Accuracies(double Given, double True);

/// <summary>Evaluates a classifier without augmentation, its networks in evaluation mode.</summary>
public static class Accuracy
{
    private const long BatchSize = 512;

    /// <summary>Accuracies over all images.</summary>
    public static Accuracies Of(Method method, LabelledImages data, Pixels pixels)
    {
        using var scope = NewDisposeScope();
        using var predictions = Logits(method, data.Images, pixels).argmax(1);
        double Share(Tensor? labels) => labels is null ? double.NaN : predictions.eq(labels).to(ScalarType.Float64).mean().item<double>();
        var given = Share(data.Given);
        return new Accuracies(given, ReferenceEquals(data.Given, data.True) ? given : Share(data.True));
    }

    /// <summary>Logits over all images, float32 [n, classes] on the device; the caller disposes them.</summary>
    public static Tensor Logits(Method method, ImageSource images, Pixels pixels)
    {
        var classifier = (IClassifier)method;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        method.Network.eval();
        try
        {
            var parts = new List<Tensor>();
            for (var start = 0L; start < images.Count; start += BatchSize)
            {
                using var part = NewDisposeScope();
                var batch = pixels.Normalize(images.Fetch(start, Math.Min(BatchSize, images.Count - start)));
                parts.Add(classifier.Logits(batch).MoveToOuterDisposeScope());
            }
            return cat(parts, 0).MoveToOuterDisposeScope();
        }
        finally
        {
            method.Network.train();
        }
    }
}
