using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A method with state beyond its networks, such as per-sample targets.</summary>
public interface IMethodState
{
    /// <summary>Name to tensor. Checkpoints hold their values; on resume the host copies them back into these same tensors.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }
}
