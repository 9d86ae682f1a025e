using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// An optimizer of a plugin that says what it keeps beyond what its TorchSharp base class keeps of each parameter (a momentum, say); with
/// neither tensors nor numbers it says that there is nothing. A class with fields that does not implement this gets no checkpoints: nobody
/// could tell whether they would lose something.
/// </summary>
public interface IOptimizerState
{
    /// <summary>Name to tensor. Checkpoints hold their values; on resume the host copies them back into these same tensors.</summary>
    IReadOnlyDictionary<string, Tensor> Tensors => new Dictionary<string, Tensor>();

    /// <summary>Names each number, as <see cref="IMethodNumbers.Numbers"/> does.</summary>
    void Numbers(IStateNumbers numbers) { }
}
