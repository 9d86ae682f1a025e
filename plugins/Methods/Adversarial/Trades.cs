using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Adversarial;

/// <summary>TRADES (arXiv 1901.08573, Algorithm 1): a loss on natural images, and the divergence of the predictions for images that are
/// crafted to make it large.</summary>
class Trades(TrainingTask task, TradesOptions options) : AdversarialMethod<TradesOptions>(task, options)
{
    public sealed override Tensor Loss(Batch batch)
    {
        var adversarial = Craft(batch.Images, batch.Images + (Start(batch.Images) * Options.StartNoise), () => Divergence(batch.Images));
        // Apart, natural images first: each kind is normalised by its own batch statistics, and the running ones follow both.
        var natural = Model.call(batch.Images);
        var divergence = KullbackLeibler.Sum(natural, Model.call(adversarial)) / batch.Images.shape[0];
        return NaturalLoss(batch, natural) + (Options.Beta * divergence);
    }

    /// <summary>The loss of the natural images.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="logits">Their logits in training mode, [batch, K].</param>
    protected virtual Tensor NaturalLoss(Batch batch, Tensor logits) => cross_entropy(logits, batch.Labels);

    /// <summary>Standard normal.</summary>
    protected sealed override Tensor Random(long[] shape, Generator random) => randn(shape, generator: random);

    Func<Tensor, Tensor> Divergence(Tensor images)
    {
        using var noGradient = no_grad();
        var natural = Model.call(images);
        return crafted => KullbackLeibler.Sum(natural, Model.call(crafted));
    }
}
