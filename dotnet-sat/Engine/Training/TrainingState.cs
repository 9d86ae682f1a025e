using System.Text.Json.Nodes;
using Sat.Engine.Checkpoints;
using Sat.Engine.Randomness;
using Sat.Engine.Weights;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>
/// All that decides how training goes on: networks, optimizers, the method's own tensors and numbers, random generators, the sum of
/// the epoch's losses. What is not here is the same at every start: data and noise, and what the global generator gives, which
/// is seeded anew at each step.
/// </summary>
public sealed class TrainingState : ICheckpointed, IDisposable
{
    private const string NetworkPrefix = "network.";
    private const string MethodPrefix = "method.";
    private const string RandomPrefix = "random.";
    private const string LossSumName = "training.loss-sum";
    private const string LossScalePrefix = "training.loss-scale.";
    private const string GradientPrefix = "gradient.";

    private readonly MethodGenerators _generators;
    private readonly IGradientsReady? _gradientsReady;

    /// <param name="method">The method.</param>
    /// <param name="groups">Its parameters with their optimizers.</param>
    /// <param name="batches">The order of samples, and augmentation.</param>
    /// <param name="generators">What the method draws from.</param>
    /// <param name="scaler">The loss's scale; null: it is not scaled. Disposed with this.</param>
    public TrainingState(Method method, TrainedGroups groups, BatchStream batches, MethodGenerators generators, LossScaler? scaler)
    {
        (Method, Groups, Batches, Scaler, _generators) = (method, groups, batches, scaler, generators);
        _gradientsReady = method as IGradientsReady;
        Chosen = method is IEpochSelection ? new ChosenWeights(method.Network) : null;
        LossSum = zeros(1, ScalarType.Float64, method.Task.Device).DetachFromDisposeScope();
    }

    /// <summary>The method, with its networks.</summary>
    public Method Method { get; }

    /// <summary>Its parameters with their optimizers.</summary>
    public TrainedGroups Groups { get; }

    /// <summary>The batches, in an order of the run's seed.</summary>
    public BatchStream Batches { get; }

    /// <summary>float64 [1] on the device: sum of the epoch's losses over samples.</summary>
    public Tensor LossSum { get; }

    /// <summary>The loss's scale; null: it is not scaled.</summary>
    public LossScaler? Scaler { get; }

    /// <summary>The weights that the method has chosen; null: it does not choose.</summary>
    public ChosenWeights? Chosen { get; }

    /// <inheritdoc/>
    public int? ChosenEpoch => Chosen?.Epoch;

    /// <inheritdoc/>
    public string? Obstacle => Groups.Obstacle is { } reason ? $"the optimizer's state cannot be saved: {reason}" : null;

    /// <summary>The parameters that a method learns, with their names in its network.</summary>
    public static IReadOnlyList<NamedParameter> ParametersOf(Method method) =>
        [.. method.Network.named_parameters().Where(p => p.parameter.requires_grad).Select(p => new NamedParameter(p.name, p.parameter))];

    /// <inheritdoc/>
    public JsonObject Numbers() => Groups.Numbers();

    /// <inheritdoc/>
    public JsonObject? MethodNumbers()
    {
        if (Method is not IMethodNumbers method)
            return null;
        var numbers = new JsonObject();
        method.Numbers(new WrittenNumbers(numbers));
        return numbers;
    }

    /// <summary>Lets the method change the gradients.</summary>
    /// <param name="step">Counted from 0 over all epochs.</param>
    public void GradientsReady(long step)
    {
        if (_gradientsReady is null)
            return;
        using var noGradients = no_grad();
        _gradientsReady.GradientsReady(step);
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors(bool epochIsBegun)
    {
        foreach (var (name, tensor) in Method.Network.state_dict())
            yield return new(NetworkPrefix + name, tensor);
        foreach (var tensor in Groups.Tensors())
            yield return tensor;
        foreach (var (name, tensor) in OfMethod())
            yield return new(MethodPrefix + name, tensor);
        foreach (var (name, state) in Batches.States(epochIsBegun))
            yield return new(RandomPrefix + name, state);
        foreach (var (name, state) in _generators.States())
            yield return new($"{RandomPrefix}{MethodPrefix}{name}", state);
        yield return new(LossSumName, LossSum);
        foreach (var (name, tensor) in OfScaler())
            yield return new(LossScalePrefix + name, tensor);
        foreach (var (name, gradient) in Gradients())
            yield return new(GradientPrefix + name, gradient);
        foreach (var chosen in Chosen?.Tensors() ?? [])
            yield return chosen;
    }

    /// <inheritdoc/>
    public void Restore(TensorFile file, CheckpointInfo info)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, tensor) in Method.Network.state_dict())
            file.ReadInto(NetworkPrefix + name, tensor);
        Groups.Restore(file, info.Optimizer);
        foreach (var (name, tensor) in OfMethod())
            file.ReadInto(MethodPrefix + name, tensor);
        (Method as IMethodNumbers)?.Numbers(new ReadNumbers(info.Method));
        var states = file
            .Names.Where(n => n.StartsWith(RandomPrefix, StringComparison.Ordinal))
            .ToDictionary(n => n[RandomPrefix.Length..], file.Read);
        foreach (var (name, state) in states.Where(s => s.Key.StartsWith(MethodPrefix, StringComparison.Ordinal)))
            _generators.Resume(name[MethodPrefix.Length..], state);
        Batches.Resume(states);
        file.ReadInto(LossSumName, LossSum);
        foreach (var (name, tensor) in OfScaler())
            file.ReadInto(LossScalePrefix + name, tensor);
        var names = file.Names.ToHashSet();
        foreach (var (name, parameter) in ParametersOf(Method).Where(p => names.Contains(GradientPrefix + p.Name)))
        {
            using var gradient = file.ReadLike(GradientPrefix + name, parameter);
            parameter.grad = gradient;
        }
        Chosen?.Restore(file, info.Chosen);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Chosen?.Dispose();
        Scaler?.Dispose();
        LossSum.Dispose();
    }

    private IReadOnlyDictionary<string, Tensor> OfMethod() => (Method as IMethodState)?.State ?? new Dictionary<string, Tensor>();

    /// <summary>Those that a method which makes its steps itself may still add to.</summary>
    private IEnumerable<KeyValuePair<string, Tensor>> Gradients() =>
        Method is not IOwnStep
            ? []
            : ParametersOf(Method).Where(p => p.Parameter.grad is not null).Select(p => KeyValuePair.Create(p.Name, p.Parameter.grad!));

    private IReadOnlyDictionary<string, Tensor> OfScaler() => Scaler?.State ?? new Dictionary<string, Tensor>();
}
