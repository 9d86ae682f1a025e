using Sat.Records;
using Sat.Records.Json;

namespace Sat.Feeds;

/// <summary>Which package an installed plugin came from: a file beside its manifest.</summary>
public sealed record PluginReceipt
{
    /// <summary>The file's name within the plugin's folder.</summary>
    public const string FileName = "sat-package.json";

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The package's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-512 of the package's file, in base64, as NuGet's lock files have it.</summary>
    public required string ContentHash { get; init; }

    /// <summary>That of a plugin's folder; null: it was added from a folder.</summary>
    /// <exception cref="SatException">It is damaged (exit code 5).</exception>
    public static PluginReceipt? Read(string folder) =>
        JsonFile.Read<PluginReceipt>(Path.Combine(folder, FileName), "Install the plugin again.");
}
