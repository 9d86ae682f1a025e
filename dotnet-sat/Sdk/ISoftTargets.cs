using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A method that keeps a soft target for each training sample (SAT: t_i and w_i, arXiv 2002.10319, Algorithm 1).</summary>
public interface ISoftTargets
{
    /// <summary>Probabilities, float32 [samples, classes]; each row sums to 1.</summary>
    Tensor SoftTargets { get; }

    /// <summary>The weight of each sample in the loss, float32 [samples] in [0, 1]; the caller disposes it.</summary>
    Tensor SampleWeights();
}
