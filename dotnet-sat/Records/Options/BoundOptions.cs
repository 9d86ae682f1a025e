using System.Text.Json.Nodes;

namespace Sat.Records.Options;

/// <summary>Options with every default resolved and every number typed.</summary>
/// <param name="Options">Name to value, without paths.</param>
/// <param name="Paths">Name to absolute path, for the options of kind <see cref="OptionKind.Path"/> that were given.</param>
public sealed record BoundOptions(JsonObject Options, IReadOnlyDictionary<string, string> Paths);
