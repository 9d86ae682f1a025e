using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Robustness.Targets;

/// <summary>A classifier as its attackers see it: from pixels to the logits of the classes. It asks before each pass whether to
/// stop.</summary>
/// <param name="outputs">From pixels in [0, 1] to outputs, those of the classes first; gradients flow to pixels that require them.</param>
/// <param name="classes">K.</param>
/// <param name="stop">Asks to stop.</param>
sealed class AttackedClassifier(Func<Tensor, Tensor> outputs, long classes, CancellationToken stop = default)
{
    /// <summary>The classifier of the run that is evaluated.</summary>
    public static AttackedClassifier From(EvaluationContext context) => new(context.Outputs, context.Dataset.Classes.Count, context.Stop);

    /// <summary>K.</summary>
    public long Classes { get; } = classes;

    /// <summary>Class scores, float32 [n, K].</summary>
    /// <param name="images">Pixels in [0, 1], [n, channels, height, width].</param>
    public Tensor Logits(Tensor images)
    {
        stop.ThrowIfCancellationRequested();
        var all = outputs(images);
        return all.shape[1] == Classes ? all : all.narrow(1, 0, Classes);
    }

    /// <summary>True where an image gets its class, [n].</summary>
    /// <param name="images">Pixels, [n, channels, height, width].</param>
    /// <param name="labels">int64 [n].</param>
    public Tensor Correct(Tensor images, Tensor labels)
    {
        using var noGradient = no_grad();
        return Logits(images).argmax(1).eq(labels);
    }

    /// <summary>True where the cross entropy has no gradient at all at an image, as where the softmax is saturated: a white-box attack has
    /// nothing to follow there, [n].</summary>
    /// <param name="images">Pixels, [n, channels, height, width].</param>
    /// <param name="labels">int64 [n].</param>
    public Tensor WithoutGradient(Tensor images, Tensor labels) =>
        Differentiate(images, logits => cross_entropy(logits, labels, reduction: nn.Reduction.None))
            .Gradients.flatten(1)
            .ne(0)
            .any(1)
            .logical_not_();

    /// <summary>A value an image, [n], of its logits, the value's gradient with respect to the image, and the logits.</summary>
    /// <param name="images">Pixels, [n, channels, height, width].</param>
    /// <param name="value">From logits, [n, K], to a value an image, [n].</param>
    public (Tensor Values, Tensor Gradients, Tensor Logits) Differentiate(Tensor images, Func<Tensor, Tensor> value)
    {
        using var gradients = enable_grad();
        var at = images.detach().requires_grad_();
        var logits = Logits(at);
        var values = value(logits);
        return (values.detach(), autograd.grad([values.sum()], [at])[0], logits.detach());
    }
}
