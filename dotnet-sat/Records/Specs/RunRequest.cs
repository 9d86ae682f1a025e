using System.Text.Json.Serialization;

namespace Sat.Records.Specs;

/// <summary>A specification and where its files lie: all that a worker needs, beside its device and threads.</summary>
/// <param name="Spec">What decides the result.</param>
/// <param name="Locations">Where its files lie: the path of an option (<c>dataset.path</c>) to an absolute path; <see cref="Parent"/> to
/// the folder of the run that an evaluation measures.</param>
public sealed record RunRequest(
    [property: JsonRequired] RunSpec Spec,
    [property: JsonRequired] IReadOnlyDictionary<string, string> Locations
)
{
    /// <summary>The location of the run that an evaluation measures. A plan leaves it out where that is a run of its own.</summary>
    public const string Parent = "parent";

    /// <summary>Where what is measured goes, beside the tool's own files; null: nowhere. It decides nothing of the result, so it is no part
    /// of the specification.</summary>
    public IReadOnlyList<ComponentSpec>? Sinks { get; init; }

    /// <summary>True where <c>training.samples</c> is a preset's, which shortens what is longer: a training set with fewer samples is taken
    /// whole. Null where someone asked for that many.</summary>
    public bool? AllIfFewer { get; init; }
}
