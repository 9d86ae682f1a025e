using System.Text.Json.Nodes;
using Sat.Engine.Weights;
using Sat.Records.Metrics;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>A method's parameters, each with its optimizer: one without a name, unless the method has groups
/// (<see cref="IParameterGroups"/>).</summary>
public sealed class TrainedGroups : IDisposable
{
    private readonly IReadOnlyList<TrainedGroup> _groups;

    private TrainedGroups(IReadOnlyList<TrainedGroup> groups) => _groups = groups;

    /// <summary>Why the optimizers' state cannot be kept; null: it can.</summary>
    public string? Obstacle => _groups.Select(g => g.State.Obstacle).FirstOrDefault(o => o is not null);

    /// <summary>The learning rate as the study gives it.</summary>
    public double BaseRate => _groups[0].BaseRate;

    /// <summary>The groups' names; empty where there is only one, without a name.</summary>
    public IReadOnlyList<string> Names => [.. _groups.Select(g => g.Name).OfType<string>()];

    /// <summary>Makes the optimizers of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="errors">For a method whose groups are wrong.</param>
    /// <param name="create">Makes an optimizer as the study configures it.</param>
    /// <param name="fused">See <see cref="OptimizerStep.Create"/>.</param>
    /// <param name="scaled">See <see cref="OptimizerStep.Create"/>.</param>
    public static TrainedGroups Create(
        Method method,
        MethodErrors errors,
        Func<IReadOnlyList<NamedParameter>, optim.Optimizer> create,
        bool fused,
        bool scaled
    )
    {
        TrainedGroup Group(string? name, double factor, IReadOnlyList<NamedParameter> parameters)
        {
            var optimizer = create(parameters);
            return new TrainedGroup(name, factor, parameters, optimizer, OptimizerStep.Create(optimizer, fused, scaled));
        }

        var parameters = TrainingState.ParametersOf(method);
        return new TrainedGroups(
            method is IParameterGroups grouped
                ? [.. Parts(grouped.Groups, method, parameters, errors).Select(p => Group(p.Group.Name, p.Group.Factor, p.Parameters))]
                : [Group(null, 1, parameters)]
        );
    }

    /// <summary>Sets the learning rates.</summary>
    /// <param name="factor">The schedule's.</param>
    public void Schedule(double factor)
    {
        foreach (var group in _groups)
            group.Schedule(factor);
    }

    /// <summary>Makes a step of each optimizer.</summary>
    /// <param name="overflow">float32 [1]; where it is 1, no step is made. Null: it is made.</param>
    public void Step(Tensor? overflow)
    {
        foreach (var group in _groups)
            group.Step.Make(overflow);
    }

    /// <summary>The numbers of all optimizers.</summary>
    public JsonObject Numbers() =>
        new(_groups.SelectMany(g => g.State.Numbers()).Select(n => KeyValuePair.Create(n.Key, n.Value?.DeepClone())));

    /// <summary>The tensors of all optimizers.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() => _groups.SelectMany(g => g.State.Tensors());

    /// <summary>Puts tensors and numbers back.</summary>
    /// <exception cref="InvalidDataException">They are not those of these optimizers.</exception>
    public void Restore(TensorFile file, JsonObject numbers)
    {
        foreach (var group in _groups)
            group.State.Restore(file, numbers);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var group in _groups)
            group.Dispose();
    }

    /// <summary>The group of a name; null: there is none.</summary>
    internal TrainedGroup? Find(string name) => _groups.FirstOrDefault(g => g.Name is not null && g.Name == name);

    /// <summary>The groups with their parameters, in the network's order.</summary>
    private static IEnumerable<(ParameterGroup Group, IReadOnlyList<NamedParameter> Parameters)> Parts(
        IReadOnlyList<ParameterGroup>? groups,
        Method method,
        IReadOnlyList<NamedParameter> trained,
        MethodErrors errors
    )
    {
        if (groups is null or [])
            throw errors.Of("has no parameter groups: give at least one, or leave IParameterGroups out");
        var known = method.Network.parameters().Select(p => p.Handle).ToHashSet();
        var owner = new Dictionary<nint, string>();
        foreach (var group in groups)
        {
            if (group.Name is null || !MetricSchema.IsName(group.Name))
                throw errors.Of($"has a parameter group named '{group.Name}': a name has lower-case letters, digits and hyphens");
            if (groups.Count(g => g.Name == group.Name) > 1)
                throw errors.Of($"has several parameter groups named '{group.Name}'");
            if (!(group.Factor > 0 && double.IsFinite(group.Factor)))
                throw errors.Of(
                    FormattableString.Invariant($"gives its parameter group '{group.Name}' the factor {group.Factor}: it must be above 0")
                );
            foreach (var parameter in group.Parameters)
            {
                if (!known.Contains(parameter.Handle))
                    throw errors.Of(
                        $"has a parameter of shape [{string.Join(", ", parameter.shape)}] in its group '{group.Name}' that is not of its network"
                    );
                if (!owner.TryAdd(parameter.Handle, group.Name))
                    throw errors.Of(
                        $"has the parameter '{method.Network.named_parameters().First(p => p.parameter.Handle == parameter.Handle).name}' in its group '{group.Name}', but it is in '{owner[parameter.Handle]}' already"
                    );
            }
        }
        if (trained.Where(t => !owner.ContainsKey(t.Parameter.Handle)).Select(t => t.Name).ToArray() is { Length: > 0 } left)
            throw errors.Of(
                $"trains parameters that are in none of its groups: {string.Join(", ", left)}. Put them in a group, or set requires_grad to false for those that are not learned"
            );
        foreach (var group in groups)
        {
            NamedParameter[] parameters = [.. trained.Where(t => owner[t.Parameter.Handle] == group.Name)];
            if (parameters.Length == 0)
                throw errors.Of($"has no parameter to train in its group '{group.Name}'");
            yield return (group, parameters);
        }
    }
}
