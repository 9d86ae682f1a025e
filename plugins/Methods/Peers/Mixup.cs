using Sat.Methods.Peers.Labelled;
using Sat.Methods.Peers.Mixing;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers;

/// <summary>
/// mixup (arXiv 1710.09412, section 2): x = lambda x_i + (1 - lambda) x_j, and the labels likewise, with lambda from Beta(alpha, alpha). As
/// in the published code, a batch has one lambda, and j is a permutation of its samples; cross entropy with mixed labels is the mixture of
/// the cross entropies.
/// </summary>
sealed class Mixup : ClassifierMethod
{
    readonly Generator _random;
    readonly double _alpha;

    /// <exception cref="Records.SatException">There are no labels (exit code 2).</exception>
    public Mixup(TrainingTask task, MixupOptions options)
        : base(task)
    {
        GivenLabels.Require(task);
        _random = task.CreateGenerator("mixup");
        _alpha = options.Alpha;
    }

    public override Tensor Loss(Batch batch)
    {
        var (images, labels) = (batch.Images, batch.Labels);
        var share = BetaShare.Draw(_alpha, _random).SendTo(Task.Device);
        var partners = randperm(images.shape[0], ScalarType.Int64, generator: _random).SendTo(Task.Device);
        var mixed = (share * images) + ((1 - share) * images.index_select(0, partners));
        var logits = Model.call(mixed);
        return (share * cross_entropy(logits, labels)) + ((1 - share) * cross_entropy(logits, labels.index_select(0, partners)));
    }
}
