using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// A method that trains on some of the samples, because it takes the labels of the others for wrong. The host measures the selection
/// against the true labels where they are known, as <c>selection-precision</c> and <c>selection-recall</c>; the method does not see them.
/// </summary>
public interface ISampleSelection
{
    /// <summary>bool [<see cref="TrainingTask.Samples"/>] on any device: true for the samples that it uses at present. Asked when an epoch
    /// is evaluated; owned by the method.</summary>
    Tensor Selected { get; }
}
