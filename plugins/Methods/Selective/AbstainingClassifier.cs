using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Selective;

/// <summary>A classifier of K + 1 outputs, the last of which means "I do not know". Its loss is cross entropy on the first K outputs
/// until a starting epoch.</summary>
abstract class AbstainingClassifier : ClassifierMethod, IConfidence
{
    readonly int _startEpoch;

    /// <param name="task">What it is trained on.</param>
    /// <param name="startEpoch">The first epoch of the loss that may abstain, counted from 0.</param>
    /// <exception cref="SatException">There are no labels (exit code 2).</exception>
    protected AbstainingClassifier(TrainingTask task, int startEpoch)
        : base(task, extraOutputs: 1)
    {
        Labels = Selective.Labels.Require(task);
        _startEpoch = startEpoch;
    }

    /// <summary>The labels trained on, int64 [samples].</summary>
    protected Tensor Labels { get; }

    public sealed override Tensor Loss(Batch batch)
    {
        var outputs = Model.call(batch.Images);
        return batch.Epoch < _startEpoch
            ? cross_entropy(outputs.narrow(1, 0, Task.Classes.Count), batch.Labels)
            : AbstainingLoss(batch, outputs);
    }

    /// <summary>1 - q_abstain but for the 1, which float32 would round small q_abstain off against: in [-1, 0].</summary>
    /// <param name="outputs">float32 [batch, K + 1].</param>
    public Tensor Confidence(Tensor outputs) => -softmax(outputs, 1).select(1, Task.Classes.Count);

    /// <summary>The loss from the starting epoch on.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">float32 [batch, K + 1].</param>
    protected abstract Tensor AbstainingLoss(Batch batch, Tensor outputs);
}
