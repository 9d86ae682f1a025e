using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A method that tells classes apart.</summary>
public interface IClassifier
{
    /// <summary>Class scores before the softmax, the networks being in evaluation mode.</summary>
    /// <param name="images">Normalised, float32 [batch, channels, height, width].</param>
    /// <returns>float32 [batch, classes]; extra outputs (an abstention) are left out.</returns>
    Tensor Logits(Tensor images);
}
