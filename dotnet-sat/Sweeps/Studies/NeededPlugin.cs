using Sat.Records;
using Sat.Records.Components;

namespace Sat.Sweeps.Studies;

/// <summary>A plugin without which a study cannot be planned.</summary>
/// <param name="Id">The plugin's id, which is its package's.</param>
/// <param name="Version">Its version; null: any.</param>
/// <param name="At">Where the study names it.</param>
public sealed record NeededPlugin(string Id, string? Version, SourceLocation? At)
{
    /// <summary>What to say where it is not at hand; null: it is.</summary>
    /// <param name="catalog">The components of all plugins at hand.</param>
    public string? Missing(ComponentCatalog catalog)
    {
        var here = catalog
            .Entries.Select(e => e.Manifest)
            .FirstOrDefault(m => m.Package.Equals(Id, StringComparison.OrdinalIgnoreCase))
            ?.Version;
        if (here is not null && (Version is null || here == Version))
            return null;
        return $"the study needs the plugin {Id}{(Version is null ? "" : " " + Version)}, {(here is null ? "which is not installed" : $"but {here} is installed")}: "
            + $"'dotnet sat plugin install {Id}{(Version is null ? "" : " --version " + Version)}' brings it, and 'dotnet sat plugin restore' all that a study needs.";
    }
}
