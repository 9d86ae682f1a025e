namespace Sat.Records.Metrics;

/// <summary>What is known of metrics by name: the engine's own, and those that components declare. Any other metric is a plain
/// number under its name.</summary>
public sealed class MetricCatalog
{
    private readonly Dictionary<string, MetricSchema> _schemas = new(StringComparer.Ordinal);

    /// <summary>Makes a catalogue; of several declarations of one name the first holds.</summary>
    /// <param name="declared">Those of components.</param>
    public MetricCatalog(IEnumerable<MetricSchema> declared)
    {
        foreach (var schema in MetricNames.Schemas.Concat(declared))
            _schemas.TryAdd(schema.Name, schema);
    }

    /// <summary>The declaration of a metric; for one that nobody declared, a plain number under its name.</summary>
    public MetricSchema this[string name] => _schemas.GetValueOrDefault(name) ?? new MetricSchema { Name = name, Title = name };

    /// <summary>All declarations, by name.</summary>
    public IReadOnlyList<MetricSchema> Declared => [.. _schemas.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>True for fractions that people read in percent.</summary>
    public bool IsShare(string name) => this[name].Unit == MetricUnit.Share;

    /// <summary>The metrics that are 1 where a run went wrong.</summary>
    public IEnumerable<MetricSchema> Alarms => _schemas.Values.Where(s => s.Alarm is not null).OrderBy(s => s.Name, StringComparer.Ordinal);

    /// <summary>
    /// Of the metrics that something has, the one that it is read by, a share: the test accuracy; else the first, by name, that is its
    /// component's main one; else the first that is better when higher or lower. Null: it has none of these.
    /// </summary>
    public string? Main(IEnumerable<string> names)
    {
        string[] shares = [.. names.Distinct().Where(IsShare).Order(StringComparer.Ordinal)];
        return shares.Contains(MetricNames.TestAccuracy)
            ? MetricNames.TestAccuracy
            : shares.FirstOrDefault(n => this[n].IsMain) ?? shares.FirstOrDefault(n => this[n].Better != MetricDirection.None);
    }
}
