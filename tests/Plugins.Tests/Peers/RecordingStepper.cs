using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Tests;

/// <summary>Computes gradients, and steps the optimizers that it is given.</summary>
/// <param name="optimizers">By group; a group without one stays as it is.</param>
sealed class RecordingStepper(IReadOnlyDictionary<string, optim.Optimizer> optimizers) : IStepper
{
    /// <summary>The losses of the backward passes, and then the groups that were stepped, in their order.</summary>
    public List<(string Group, float Loss)> Steps { get; } = [];

    float _loss;

    public void Backward(Tensor loss)
    {
        _loss = loss.item<float>();
        loss.backward();
    }

    public void ClearGradients()
    {
        foreach (var optimizer in optimizers.Values)
            optimizer.zero_grad();
    }

    public void Step() => throw new NotSupportedException();

    public void Step(string group)
    {
        optimizers.GetValueOrDefault(group)?.step();
        Steps.Add((group, _loss));
    }
}
