using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Adversarial;

/// <summary>Adversarial training (arXiv 1706.06083): cross entropy on the images that PGD finds, from a start drawn uniformly within the
/// radius.</summary>
sealed class PgdTraining(TrainingTask task, AttackOptions options) : AdversarialMethod<AttackOptions>(task, options)
{
    public override Tensor Loss(Batch batch)
    {
        var adversarial = Craft(batch.Images, batch.Images + (Start(batch.Images) * Options.Radius), () =>
            images => cross_entropy(Model.call(images), batch.Labels, reduction: nn.Reduction.Sum)
        );
        return cross_entropy(Model.call(adversarial), batch.Labels);
    }

    /// <summary>Uniform in [-1, 1).</summary>
    protected override Tensor Random(long[] shape, Generator random) => rand(shape, generator: random).mul_(2).sub_(1);
}
