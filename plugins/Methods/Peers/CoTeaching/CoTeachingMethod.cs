using Sat.Methods.Peers.Labelled;
using Sat.Methods.Peers.Pairs;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers.CoTeaching;

/// <summary>
/// Co-teaching (arXiv 1804.06872, Algorithm 1): each network learns from those samples of the batch that have the smallest losses in the
/// other. The loss is the sum of two means, one for each network, so that one optimizer steps both as two would, as long as it treats
/// parameters one by one. The published code divides its means by the number of samples once more, which this does not. Logits are the
/// first network's.
/// </summary>
sealed class CoTeachingMethod : Method, IClassifier, IOutputs, IHasBackbone
{
    readonly CoTeachingOptions _options;
    readonly TwoClassifiers _network;

    /// <exception cref="SatException">There are no labels (exit code 2).</exception>
    public CoTeachingMethod(TrainingTask task, CoTeachingOptions options)
        : this(task, options, new TwoClassifiers(task.CreateClassifier(task.Classes.Count), task.CreateClassifier(task.Classes.Count))) =>
        GivenLabels.Require(task);

    CoTeachingMethod(TrainingTask task, CoTeachingOptions options, TwoClassifiers network)
        : base(task, network) => (_options, _network) = (options, network);

    public Backbone Backbone => _network.First.Backbone;

    public override Tensor Loss(Batch batch)
    {
        var count = SmallLosses.Count(batch.Labels.shape[0], SmallLosses.ForgetRate(_options, batch.Epoch));
        var (first, second) = (Losses(_network.First, batch), Losses(_network.Second, batch));
        return Taught(first, second, count) + Taught(second, first, count);
    }

    public Tensor Outputs(Tensor images) => _network.First.call(images);

    public Tensor Logits(Tensor images) => Outputs(images);

    static Tensor Losses(Classifier network, Batch batch) =>
        cross_entropy(network.call(batch.Images), batch.Labels, reduction: nn.Reduction.None);

    /// <summary>The mean of a network's losses over the samples that the other chooses.</summary>
    static Tensor Taught(Tensor losses, Tensor others, int count) => losses.index_select(0, SmallLosses.Choose(others, count)).mean();
}
