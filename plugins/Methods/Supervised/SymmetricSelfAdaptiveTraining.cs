using Sat.Methods.Supervised.Losses;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised;

/// <summary>Self-adaptive training with symmetric cross entropy once the targets adapt.</summary>
sealed class SymmetricSelfAdaptiveTraining(TrainingTask task, SatSceOptions options) : SelfAdaptiveTraining(task, options)
{
    protected override Tensor AdaptedLoss(Tensor logits, Tensor targets)
    {
        var forward = SoftCrossEntropy.PerSample(logits, targets);
        var reverse = ReverseCrossEntropy.PerSample(logits, targets, options.LogFloor);
        return (options.CrossEntropyWeight * forward) + (options.ReverseWeight * reverse);
    }
}
