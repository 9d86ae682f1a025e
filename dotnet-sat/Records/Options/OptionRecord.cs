using System.Text.Json.Nodes;

namespace Sat.Records.Options;

/// <summary>What the build knows of an options record.</summary>
public sealed class OptionRecord<T>
    where T : class
{
    private readonly Func<IReadOnlyList<OptionSchema>> _schemas;
    private readonly Func<JsonObject, T> _create;

    /// <param name="schemas">The schemas of its options, with the defaults of a new record.</param>
    /// <param name="create">Makes a record from resolved options.</param>
    public OptionRecord(Func<IReadOnlyList<OptionSchema>> schemas, Func<JsonObject, T> create)
    {
        _schemas = schemas;
        _create = create;
    }

    /// <summary>The schemas of its options, in the order of its properties; each time anew, since a JSON node has one parent.</summary>
    public IReadOnlyList<OptionSchema> Schemas() => _schemas();

    /// <summary>A record from resolved options, those of <see cref="OptionBinder"/>, with the paths put back in. What is absent has the
    /// record's own default.</summary>
    /// <exception cref="System.Text.Json.JsonException">An option has a value of another kind.</exception>
    public T Create(JsonObject options, IReadOnlyDictionary<string, string>? paths = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (paths is null or { Count: 0 })
            return _create(options);
        var all = (JsonObject)options.DeepClone();
        foreach (var (name, path) in paths)
            all[name] = path;
        return _create(all);
    }
}
