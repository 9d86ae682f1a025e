using System.Text.Json.Nodes;
using Sat.Engine.Training;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Checkpoints;

/// <summary>
/// All that decides how training goes on: networks, optimizer, the method's own tensors, random generators, the sum of the
/// epoch's losses. What is not here is the same at every start: data and noise, and what the global generator gives, which
/// is seeded anew at each step.
/// </summary>
/// <param name="method">The method.</param>
/// <param name="optimizer">The state of the optimizer.</param>
/// <param name="batches">The order of samples, and augmentation.</param>
/// <param name="generators">What the method draws from.</param>
/// <param name="lossSum">Sum of the epoch's losses.</param>
/// <param name="scaler">The loss's scale; null: it is not scaled.</param>
public sealed class LiveState(Method method, OptimizerState optimizer, BatchStream batches, MethodGenerators generators, Tensor lossSum, LossScaler? scaler = null)
{
    private const string Network = "network.";
    private const string MethodState = "method.";
    private const string Random = "random.";
    private const string LossSum = "training.loss-sum";
    private const string LossScale = "training.loss-scale.";

    /// <summary>Why it cannot be kept; null: it can.</summary>
    public string? Obstacle => optimizer.Obstacle is { } reason ? $"the optimizer's state cannot be saved: {reason}" : null;

    /// <summary>The optimizer's numbers.</summary>
    public JsonObject OptimizerNumbers() => optimizer.Numbers();

    /// <summary>All tensors, by name. The ones made for the purpose belong to the dispose scope.</summary>
    /// <param name="epochIsBegun">True if steps of the present epoch were made.</param>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors(bool epochIsBegun)
    {
        foreach (var (name, tensor) in NetworkTensors(method.Network))
            yield return new(Network + name, tensor);
        foreach (var tensor in optimizer.Tensors())
            yield return tensor;
        foreach (var (name, tensor) in (method as IMethodState)?.State ?? new Dictionary<string, Tensor>())
            yield return new(MethodState + name, tensor);
        foreach (var (name, state) in batches.RandomStates(epochIsBegun))
            yield return new(Random + name, state);
        foreach (var (name, state) in generators.States())
            yield return new($"{Random}{MethodState}{name}", state);
        yield return new(LossSum, lossSum);
        foreach (var (name, tensor) in scaler?.State ?? new Dictionary<string, Tensor>())
            yield return new(LossScale + name, tensor);
    }

    /// <summary>Puts all of it back.</summary>
    /// <exception cref="InvalidDataException">The checkpoint does not fit what this run is made of.</exception>
    public void Restore(TensorFile file, CheckpointInfo info)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, tensor) in NetworkTensors(method.Network))
            file.ReadInto(Network + name, tensor);
        optimizer.Restore(file, info.Optimizer);
        foreach (var (name, tensor) in (method as IMethodState)?.State ?? new Dictionary<string, Tensor>())
            file.ReadInto(MethodState + name, tensor);
        var states = file.Names.Where(n => n.StartsWith(Random, StringComparison.Ordinal)).ToDictionary(n => n[Random.Length..], file.Read);
        foreach (var (name, state) in states.Where(s => s.Key.StartsWith(MethodState, StringComparison.Ordinal)))
            generators.Resume(name[MethodState.Length..], state);
        batches.Resume(states);
        file.ReadInto(LossSum, lossSum);
        foreach (var (name, tensor) in scaler?.State ?? new Dictionary<string, Tensor>())
            file.ReadInto(LossScale + name, tensor);
    }

    /// <summary>Parameters and buffers of a network, by name.</summary>
    public static IEnumerable<KeyValuePair<string, Tensor>> NetworkTensors(nn.Module network) => network.state_dict();
}
