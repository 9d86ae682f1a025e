using Sat.Methods.Peers.Labelled;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Losses;

/// <summary>
/// Symmetric cross entropy (arXiv 1908.06112, equation 7): alpha CE + beta RCE. With a label of one class, whose zeros have the logarithm
/// A, the reverse RCE = -sum_j p_j log y_j is -A (1 - p_y).
/// </summary>
sealed class SymmetricCrossEntropy(TrainingTask task, SceOptions options) : LogitsMethod(task)
{
    readonly double _a = Math.Log(options.LogFloor);

    protected override Tensor Loss(Batch batch, Tensor logits)
    {
        var logarithms = LabelProbability.Logarithm(logits, batch.Labels);
        // p_y - 1, in full precision where p_y is near 1.
        var missing = logarithms.expm1();
        return ((options.Beta * _a * missing) - (options.Alpha * logarithms)).mean();
    }
}
