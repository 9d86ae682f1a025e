using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sat.Records.Json;

namespace Sat.Records.Specs;

/// <summary>A component with every option resolved, as a run's specification names it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ComponentSpec
{
    /// <summary>The component's id.</summary>
    public required string Id { get; init; }

    /// <summary>The revision its author gave it.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Options, all of them but paths.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>Which version of its files, by checksum; null: it reads none that have versions.</summary>
    public string? Variant { get; init; }

    /// <summary>File name to SHA-256; null: it reads none, or <see cref="FileLists"/> alone.</summary>
    public IReadOnlyDictionary<string, string>? Files { get; init; }

    /// <summary>Path options that name a folder of more than <see cref="FileList.MostNamed"/> files, and their lists; null: there is
    /// none.</summary>
    public IReadOnlyDictionary<string, FileList>? FileLists { get; init; }

    /// <summary>The value of an option as its canonical text, or null.</summary>
    public string? OptionText(string name) =>
        Options[name] is { } node
            ? node is JsonValue v && v.TryGetValue<string>(out var s)
                ? s
                : CanonicalJson.Write(node)
            : null;

    /// <summary>Two are equal when their canonical texts are.</summary>
    public bool Equals(ComponentSpec? other) => other is not null && Canonical() == other.Canonical();

    /// <inheritdoc/>
    public override int GetHashCode() => Canonical().GetHashCode(StringComparison.Ordinal);

    private string Canonical() => CanonicalSpec.Text(this);
}
