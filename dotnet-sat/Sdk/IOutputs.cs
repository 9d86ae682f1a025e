using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A classifier that shows all outputs of its network, so that evaluations can score and attack it.</summary>
public interface IOutputs
{
    /// <summary>All outputs before the softmax: those of the classes first, then what else there is, such as an abstention. Gradients flow
    /// from them to images that require them. The mode of the networks is left alone.</summary>
    /// <param name="images">Normalised, float32 [batch, channels, height, width].</param>
    /// <returns>float32 [batch, outputs], at least as many as classes.</returns>
    Tensor Outputs(Tensor images);
}
