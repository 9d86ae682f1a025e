using Sat.Methods.SelfSupervised.Measures;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised;

/// <summary>What the methods here have in common: views of each image, a backbone that is kept, and an eye on collapse.</summary>
/// <param name="task">What it is trained on; its labels are not looked at.</param>
/// <param name="network">All networks.</param>
/// <param name="backbone">The one that is kept, a part of <paramref name="network"/>.</param>
/// <param name="dimension">Length of a projection (D).</param>
/// <param name="views">Views of each image, at least 1.</param>
abstract class SelfSupervisedMethod(TrainingTask task, nn.Module network, Backbone backbone, long dimension, int views = 1)
    : Method(task, network),
        IMultiView,
        IMethodMetrics,
        IMethodState,
        IHasBackbone
{
    public Backbone Backbone { get; } = backbone;

    public virtual IReadOnlyDictionary<string, Tensor> State => Collapse.State;

    protected CollapseMeter Collapse { get; } = new(task, backbone.FeatureDimension, dimension);

    public virtual IReadOnlyList<IAugmentation> Views(IAugmentation configured) => configured.Views(views);

    public IReadOnlyDictionary<string, double> Metrics() => Collapse.Measure();

    public sealed override Tensor Loss(Batch batch)
    {
        if (batch.Indices.shape[0] < 2)
        {
            throw new SatException(
                ExitCode.Planning,
                $"a batch of one sample has no batch statistics, which projector and predictor need: {Task.Samples} samples leave a last batch of one. Set 'training.drop-last: true' to leave it out, or choose another training.batch-size or training.samples."
            );
        }
        return RepresentationLoss(batch);
    }

    /// <summary>The loss of a batch of at least two samples.</summary>
    protected abstract Tensor RepresentationLoss(Batch batch);
}
