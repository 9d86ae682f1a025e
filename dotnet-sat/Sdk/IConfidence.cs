using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A classifier with a confidence of its own; of any other, the largest probability is its confidence (softmax
/// response).</summary>
public interface IConfidence
{
    /// <summary>How sure the method is of its prediction: the higher, the surer. Only the order counts.</summary>
    /// <param name="outputs">As <see cref="IOutputs.Outputs"/> returns them.</param>
    /// <returns>float32 [batch].</returns>
    Tensor Confidence(Tensor outputs);
}
