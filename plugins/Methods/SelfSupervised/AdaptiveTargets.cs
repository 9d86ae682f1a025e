using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised;

/// <summary>
/// Self-adaptive training on representations: each sample's target is the moving average of what the target encoder has
/// made of it, as the soft targets of arXiv 2002.10319 (Algorithm 1) are of predictions. With two views, each direction has
/// its own average, and alpha = 0 is BYOL; with one, prediction and target come from the same view.
/// </summary>
sealed class AdaptiveTargets : Byol
{
    readonly AdaptiveOptions _options;
    readonly SampleTargets _targets;

    public AdaptiveTargets(TrainingTask task, AdaptiveOptions options, int views)
        : base(task, options, views)
    {
        _options = options;
        _targets = new SampleTargets(task.Samples, views, options.ProjectionDimension, task.Device);
        State = new Dictionary<string, Tensor>(base.State) { ["targets"] = _targets.Values, ["visited"] = _targets.Visited };
    }

    public override IReadOnlyDictionary<string, Tensor> State { get; }

    protected override IReadOnlyList<Tensor> Targets(Batch batch, IReadOnlyList<Tensor> outputs) =>
        _targets.Update(batch.Indices, stack(outputs, 1), _options.Alpha).unbind(1);
}
