using System.Text.Json.Nodes;
using Sat.Engine.Checkpoints;
using Sat.Engine.Randomness;
using Sat.Engine.Weights;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>
/// All that decides how training goes on: networks, optimizer, the method's own tensors, random generators, the sum of the
/// epoch's losses. What is not here is the same at every start: data and noise, and what the global generator gives, which
/// is seeded anew at each step.
/// </summary>
public sealed class TrainingState : ICheckpointed, IDisposable
{
    private const string NetworkPrefix = "network.";
    private const string MethodPrefix = "method.";
    private const string RandomPrefix = "random.";
    private const string LossSumName = "training.loss-sum";
    private const string LossScalePrefix = "training.loss-scale.";

    private readonly OptimizerState _optimizer;
    private readonly MethodGenerators _generators;

    /// <param name="method">The method.</param>
    /// <param name="optimizer">The optimizer of its parameters.</param>
    /// <param name="batches">The order of samples, and augmentation.</param>
    /// <param name="generators">What the method draws from.</param>
    /// <param name="scaler">The loss's scale; null: it is not scaled. Disposed with this.</param>
    public TrainingState(Method method, optim.Optimizer optimizer, BatchStream batches, MethodGenerators generators, LossScaler? scaler)
    {
        (Method, Optimizer, Batches, Scaler, _generators) = (method, optimizer, batches, scaler, generators);
        _optimizer = new OptimizerState(optimizer, ParametersOf(method));
        LossSum = zeros(1, ScalarType.Float64, method.Task.Device).DetachFromDisposeScope();
    }

    /// <summary>The method, with its networks.</summary>
    public Method Method { get; }

    /// <summary>The optimizer.</summary>
    public optim.Optimizer Optimizer { get; }

    /// <summary>The batches, in an order of the run's seed.</summary>
    public BatchStream Batches { get; }

    /// <summary>float64 [1] on the device: sum of the epoch's losses over samples.</summary>
    public Tensor LossSum { get; }

    /// <summary>The loss's scale; null: it is not scaled.</summary>
    public LossScaler? Scaler { get; }

    /// <inheritdoc/>
    public string? Obstacle => _optimizer.Obstacle is { } reason ? $"the optimizer's state cannot be saved: {reason}" : null;

    /// <summary>The parameters that a method learns, with their names in its network.</summary>
    public static IReadOnlyList<NamedParameter> ParametersOf(Method method) =>
        [.. method.Network.named_parameters().Where(p => p.parameter.requires_grad).Select(p => new NamedParameter(p.name, p.parameter))];

    /// <inheritdoc/>
    public JsonObject Numbers() => _optimizer.Numbers();

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors(bool epochIsBegun)
    {
        foreach (var (name, tensor) in Method.Network.state_dict())
            yield return new(NetworkPrefix + name, tensor);
        foreach (var tensor in _optimizer.Tensors())
            yield return tensor;
        foreach (var (name, tensor) in OfMethod())
            yield return new(MethodPrefix + name, tensor);
        foreach (var (name, state) in Batches.RandomStates(epochIsBegun))
            yield return new(RandomPrefix + name, state);
        foreach (var (name, state) in _generators.States())
            yield return new($"{RandomPrefix}{MethodPrefix}{name}", state);
        yield return new(LossSumName, LossSum);
        foreach (var (name, tensor) in OfScaler())
            yield return new(LossScalePrefix + name, tensor);
    }

    /// <inheritdoc/>
    public void Restore(TensorFile file, CheckpointInfo info)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, tensor) in Method.Network.state_dict())
            file.ReadInto(NetworkPrefix + name, tensor);
        _optimizer.Restore(file, info.Optimizer);
        foreach (var (name, tensor) in OfMethod())
            file.ReadInto(MethodPrefix + name, tensor);
        var states = file
            .Names.Where(n => n.StartsWith(RandomPrefix, StringComparison.Ordinal))
            .ToDictionary(n => n[RandomPrefix.Length..], file.Read);
        foreach (var (name, state) in states.Where(s => s.Key.StartsWith(MethodPrefix, StringComparison.Ordinal)))
            _generators.Resume(name[MethodPrefix.Length..], state);
        Batches.Resume(states);
        file.ReadInto(LossSumName, LossSum);
        foreach (var (name, tensor) in OfScaler())
            file.ReadInto(LossScalePrefix + name, tensor);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Scaler?.Dispose();
        LossSum.Dispose();
    }

    private IReadOnlyDictionary<string, Tensor> OfMethod() => (Method as IMethodState)?.State ?? new Dictionary<string, Tensor>();

    private IReadOnlyDictionary<string, Tensor> OfScaler() => Scaler?.State ?? new Dictionary<string, Tensor>();
}
