using System.Text.Json.Serialization;
using Sat.Records.Data;
using Sat.Records.Metrics;
using Sat.Records.Options;

namespace Sat.Records.Components;

/// <summary>A component, as a manifest lists it: all that planning, help and completion need, so that they load no plugin.</summary>
public sealed record ComponentSchema
{
    /// <summary>What it is.</summary>
    public required ComponentKind Kind { get; init; }

    /// <summary>Its name within its kind: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Raised by its author when the same options give other results; part of a run's identity.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Where it was published; null: nowhere.</summary>
    public string? Paper { get; init; }

    /// <summary>A warning for reports: why results are an interpretation of the source, not a reproduction. Null: they are not.</summary>
    public string? Interpretation { get; init; }

    /// <summary>True for a model or method whose networks normalise by the statistics of a batch. Null: its author does not say
    /// so.</summary>
    public bool? NormalizesByBatch { get; init; }

    /// <summary>Settings of a run without which it cannot work, path to value; null: none.</summary>
    public IReadOnlyDictionary<string, string>? Requires { get; init; }

    /// <summary>False for a method whose runs give no classes. Null: its author does not say so.</summary>
    public bool? Classifies { get; init; }

    /// <summary>True for an evaluation that measures classifiers alone. Null: it is for all.</summary>
    public bool? NeedsClassifier { get; init; }

    /// <summary>Training samples of a dataset; null: they are not always as many.</summary>
    public long? TrainingSamples { get; init; }

    /// <summary>The option of a dataset that says how many training samples there are; null: none does.</summary>
    public string? TrainingSamplesOption { get; init; }

    /// <summary>Its options.</summary>
    public IReadOnlyList<OptionSchema> Options { get; init; } = [];

    /// <summary>The files it reads; null: none, or those of its path options.</summary>
    public DataLayout? Data { get; init; }

    /// <summary>Which files it reads where a path option names a folder; null: all that are neither hidden nor left behind by a
    /// system.</summary>
    public FileSelection? Reads { get; init; }

    /// <summary>The metrics that a method or an evaluation reports; null: it declares none.</summary>
    public IReadOnlyList<MetricSchema>? Metrics { get; init; }

    /// <summary><c>kind/id</c>.</summary>
    [JsonIgnore]
    public string Name => $"{Kind.ToString().ToLowerInvariant()}/{Id}";
}
