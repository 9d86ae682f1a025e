using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Labelled;

/// <summary>A classifier whose loss is a function of its outputs for the batch's images.</summary>
abstract class LogitsMethod : ClassifierMethod
{
    /// <exception cref="SatException">There are no labels (exit code 2).</exception>
    protected LogitsMethod(TrainingTask task)
        : base(task) => GivenLabels.Require(task);

    public sealed override Tensor Loss(Batch batch) => Loss(batch, Model.call(batch.Images));

    /// <summary>The loss, a scalar.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="logits">float32 [batch, K].</param>
    protected abstract Tensor Loss(Batch batch, Tensor logits);
}
