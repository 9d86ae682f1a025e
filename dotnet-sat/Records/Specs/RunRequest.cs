using System.Text.Json.Serialization;

namespace Sat.Records.Specs;

/// <summary>A specification and where its files lie: all that a worker needs, beside its device and threads.</summary>
/// <param name="Spec">What decides the result.</param>
/// <param name="Locations">Where its files lie: the path of an option (<c>dataset.path</c>) to an absolute path.</param>
public sealed record RunRequest([property: JsonRequired] RunSpec Spec, [property: JsonRequired] IReadOnlyDictionary<string, string> Locations);
