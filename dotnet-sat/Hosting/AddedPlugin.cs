using Sat.Records.Components;

namespace Sat.Hosting;

/// <summary>A plugin that was added.</summary>
/// <param name="Manifest">What it has.</param>
/// <param name="Replaced">The versions that it took the place of, the newest first; its own where another build of it was there.</param>
public sealed record AddedPlugin(PluginManifest Manifest, IReadOnlyList<string> Replaced)
{
    /// <summary>One line: the plugin, its components, and what was there before.</summary>
    public override string ToString() =>
        $"{Manifest.Package} {Manifest.Version}: {string.Join(", ", Manifest.Components.Select(c => c.Name))}"
        + (Replaced.Count == 0 ? "" : $"; replaces {string.Join(" and ", Replaced)}");
}
