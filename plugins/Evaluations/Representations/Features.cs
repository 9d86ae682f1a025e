using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Representations;

/// <summary>What a frozen backbone makes of images.</summary>
/// <param name="context">The backbone; it stays in evaluation mode, so that its batch statistics stay as they are.</param>
sealed class Features(EvaluationContext context)
{
    /// <summary>Images that pass through the backbone at once.</summary>
    const long AtOnce = 256;

    /// <summary>f(v), float32 [images, F] on the device, without gradient.</summary>
    /// <param name="images">uint8 in [0, 255] or float32 in [0, 1], on the device.</param>
    public Tensor Compute(Tensor images) => Compute(images.shape[0], (start, count) => images.narrow(0, start, count));

    /// <summary>The features of some images as they are, float32 [indices, F] on the device.</summary>
    /// <param name="images">A split.</param>
    /// <param name="indices">int64 on the device.</param>
    /// <param name="done">Is told how many images are done.</param>
    public Tensor Compute(LabelledImages images, Tensor indices, Action<long>? done = null) =>
        Compute(indices.shape[0], (start, count) => images.Fetch(indices.narrow(0, start, count)), done);

    /// <summary>The features of all images of a split.</summary>
    public Tensor Compute(LabelledImages images, Action<long>? done = null)
    {
        using var all = arange(images.Count, device: context.Device);
        return Compute(images, all, done);
    }

    Tensor Compute(long count, Func<long, long, Tensor> fetch, Action<long>? done = null)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var all = empty([count, context.Backbone.FeatureDimension], device: context.Device);
        for (var start = 0L; start < count; start += AtOnce)
        {
            context.Stop.ThrowIfCancellationRequested();
            using var batchScope = NewDisposeScope();
            var length = Math.Min(AtOnce, count - start);
            all.narrow(0, start, length).copy_(context.Backbone.call(context.Prepare(fetch(start, length))));
            done?.Invoke(start + length);
        }
        return all.MoveToOuterDisposeScope();
    }
}
