using System.Reflection;
using System.Text.Json.Nodes;
using Sat.Engine.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Checkpoints;

/// <summary>
/// What an optimizer remembers of each parameter: the fields of its state, tensors and numbers. TorchSharp's own way of saving
/// them is a format of its own, and loses how tensors lie in memory, on which the bits of later steps depend.
/// </summary>
public sealed class OptimizerState
{
    private const string Prefix = "optimizer.";
    private readonly (string Name, Parameter Parameter, TorchSharp.Modules.OptimizerState State)[] _states;

    /// <param name="optimizer">The optimizer.</param>
    /// <param name="parameters">Its parameters with their names.</param>
    public OptimizerState(optim.Optimizer optimizer, IReadOnlyList<Sdk.NamedParameter> parameters)
    {
        var names = parameters.ToDictionary(p => p.Parameter.Handle, p => p.Name);
        var states = optimizer is OptimizerHelper helper
            ? helper.ParamGroups.Cast<ParamGroup>().SelectMany(g => g.Parameters).Zip(helper.state_dict().State).ToArray()
            : null;
        Obstacle =
            states is null ? "it is kept in native code"
            : states.Any(s => !names.ContainsKey(s.First.Handle)) ? "it belongs to parameters other than the method's"
            : states.Select(s => s.Second.GetType()).Distinct().SelectMany(Fields).FirstOrDefault(f => !IsTensor(f) && !IsNumber(f))
                is { } field
                ? $"its {field.Name} is a {field.FieldType.Name}, neither a tensor nor a number"
            : null;
        _states = Obstacle is null ? [.. states!.Select(s => (names[s.First.Handle], s.First, s.Second))] : [];
    }

    /// <summary>Why the state cannot be kept; null: it can.</summary>
    public string? Obstacle { get; }

    /// <summary>The tensors, named <c>optimizer.PARAMETER.FIELD</c>.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() =>
        from state in _states
        from field in Fields(state.State.GetType())
        where IsTensor(field)
        let tensor = (Tensor?)field.GetValue(state.State)
        where tensor is not null
        select KeyValuePair.Create(Name(state.Name, field), tensor);

    /// <summary>The numbers, by the same names.</summary>
    public JsonObject Numbers() =>
        new(
            from state in _states
            from field in Fields(state.State.GetType())
            where IsNumber(field)
            select KeyValuePair.Create(
                Name(state.Name, field),
                (JsonNode?)Convert.ToDouble(field.GetValue(state.State), System.Globalization.CultureInfo.InvariantCulture)
            )
        );

    /// <summary>Puts tensors and numbers back.</summary>
    /// <exception cref="InvalidDataException">They are not those of this optimizer.</exception>
    public void Restore(TensorFile file, JsonObject numbers)
    {
        var names = file.Names.ToHashSet();
        foreach (var (name, parameter, state) in _states)
        {
            foreach (var field in Fields(state.GetType()))
            {
                var key = Name(name, field);
                if (IsNumber(field))
                    field.SetValue(
                        state,
                        Convert.ChangeType(
                            (double?)numbers[key] ?? throw new InvalidDataException($"there is no {key} in the file"),
                            field.FieldType,
                            System.Globalization.CultureInfo.InvariantCulture
                        )
                    );
                else if (names.Contains(key))
                    field.SetValue(state, ReadLike(file, key, parameter));
            }
        }
    }

    /// <summary>A tensor of the file that lies in memory as its parameter does, where it is of its shape: so the optimizer made
    /// it.</summary>
    private static Tensor ReadLike(TensorFile file, string key, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var values = file.Read(key);
        var tensor = values.shape.SequenceEqual(parameter.shape)
            ? empty_like(parameter, values.dtype, requires_grad: false)
            : empty(values.shape, values.dtype, parameter.device);
        return tensor.copy_(values).DetachFromDisposeScope();
    }

    private static string Name(string parameter, FieldInfo field) => $"{Prefix}{parameter}.{field.Name}";

    private static bool IsTensor(FieldInfo field) => field.FieldType == typeof(Tensor);

    private static bool IsNumber(FieldInfo field) =>
        field.FieldType == typeof(long)
        || field.FieldType == typeof(int)
        || field.FieldType == typeof(double)
        || field.FieldType == typeof(float);

    /// <summary>All fields but the base class's own, which is the parameter.</summary>
    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .OrderBy(f => f.Name, StringComparer.Ordinal);
}
