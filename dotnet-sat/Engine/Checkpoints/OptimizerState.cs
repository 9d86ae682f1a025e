using System.Reflection;
using System.Text.Json.Nodes;
using Sat.Engine.Weights;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Checkpoints;

/// <summary>
/// What an optimizer remembers of each parameter: the fields of its state, tensors and numbers. TorchSharp's own way of saving
/// them is a format of its own, and loses how tensors lie in memory, on which the bits of later steps depend.
/// </summary>
public sealed class OptimizerState
{
    private const string Own = "own/";
    private static readonly Dictionary<string, Tensor> NoTensors = [];
    private readonly string _prefix;
    private readonly IOptimizerState? _own;
    private readonly (string Name, Parameter Parameter, TorchSharp.Modules.OptimizerState State)[] _states;

    /// <param name="optimizer">The optimizer.</param>
    /// <param name="parameters">Its parameters with their names.</param>
    /// <param name="group">The name of their group; null: there is one optimizer only.</param>
    public OptimizerState(optim.Optimizer optimizer, IReadOnlyList<NamedParameter> parameters, string? group = null)
    {
        _prefix = group is null ? "optimizer." : $"optimizer.{group}.";
        _own = optimizer as IOptimizerState;
        var names = parameters.ToDictionary(p => p.Parameter.Handle, p => p.Name);
        var states =
            optimizer is OptimizerHelper helper
                ? helper.ParamGroups.Cast<ParamGroup>().SelectMany(g => g.Parameters).Zip(helper.state_dict().State).ToArray()
            : _own is null ? null
            : [];
        Obstacle =
            states is null ? "it is kept in native code"
            : _own is null && FieldOfPlugin(optimizer.GetType()) is { } unsaid
                ? $"nobody knows whether it includes {unsaid.Name} of {unsaid.DeclaringType!.FullName}: the class must implement {nameof(IOptimizerState)}"
            : states.Any(s => !names.ContainsKey(s.First.Handle)) ? "it belongs to parameters other than the method's"
            : states.Select(s => s.Second.GetType()).Distinct().SelectMany(Fields).FirstOrDefault(f => !IsTensor(f) && !IsNumber(f))
                is { } field
                ? $"its {field.Name} is a {field.FieldType.Name}, neither a tensor nor a number"
            : null;
        _states = Obstacle is null ? [.. states!.Select(s => (names[s.First.Handle], s.First, s.Second))] : [];
    }

    /// <summary>Why the state cannot be kept; null: it can.</summary>
    public string? Obstacle { get; }

    /// <summary>The tensors, named <c>optimizer.PARAMETER.FIELD</c>, and <c>optimizer.own/NAME</c> what a plugin's class keeps beside them;
    /// where there are groups, with <c>GROUP.</c> after the first dot.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() =>
        (
            from state in _states
            from field in Fields(state.State.GetType())
            where IsTensor(field)
            let tensor = (Tensor?)field.GetValue(state.State)
            where tensor is not null
            select KeyValuePair.Create(Name(state.Name, field), tensor)
        ).Concat((_own?.Tensors ?? NoTensors).Select(t => KeyValuePair.Create(_prefix + Own + t.Key, t.Value)));

    /// <summary>The numbers, by the same names.</summary>
    public JsonObject Numbers()
    {
        var numbers = new JsonObject(
            from state in _states
            from field in Fields(state.State.GetType())
            where IsNumber(field)
            select KeyValuePair.Create(
                Name(state.Name, field),
                (JsonNode?)Convert.ToDouble(field.GetValue(state.State), System.Globalization.CultureInfo.InvariantCulture)
            )
        );
        _own?.Numbers(new WrittenNumbers(numbers, _prefix + Own));
        return numbers;
    }

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
                    field.SetValue(state, file.ReadLike(key, parameter));
            }
        }
        foreach (var (name, tensor) in _own?.Tensors ?? NoTensors)
            file.ReadInto(_prefix + Own + name, tensor);
        _own?.Numbers(new ReadNumbers(numbers, _prefix + Own));
    }

    /// <summary>A field that a class of a plugin adds to TorchSharp's; null: there is none.</summary>
    private static FieldInfo? FieldOfPlugin(Type type)
    {
        for (var own = type; own is not null && own.Assembly != typeof(OptimizerHelper).Assembly; own = own.BaseType)
        {
            if (Fields(own).FirstOrDefault() is { } field)
                return field;
        }
        return null;
    }

    private string Name(string parameter, FieldInfo field) => $"{_prefix}{parameter}.{field.Name}";

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
