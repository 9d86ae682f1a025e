using Sat.Records;
using Sat.Records.Components;

namespace Sat.Sweeps.Studies;

/// <summary>A plugin without which a study cannot be planned.</summary>
/// <param name="Id">The plugin's id, which is its package's.</param>
/// <param name="Version">Its version; null: any.</param>
/// <param name="At">Where the study names it.</param>
public sealed record NeededPlugin(string Id, string? Version, SourceLocation? At)
{
    /// <summary>True if both are of one package.</summary>
    public bool SharesPackageWith(NeededPlugin other) => Id.Equals(other?.Id, StringComparison.OrdinalIgnoreCase);

    /// <summary>What to say where it is not at hand; null: it is.</summary>
    /// <param name="catalog">The components of all plugins at hand.</param>
    /// <param name="isOneOfSeveral">True where the study names another version too.</param>
    public string? Missing(ComponentCatalog catalog, bool isOneOfSeveral)
    {
        string[] here =
        [
            .. catalog
                .Entries.Concat(catalog.Earlier)
                .Select(e => e.Manifest)
                .Where(m => m.Package.Equals(Id, StringComparison.OrdinalIgnoreCase))
                .Select(m => m.Version)
                .Distinct(),
        ];
        if (here.Length > 0 && (Version is null || here.Any(h => VersionOrder.AreEqual(h, Version))))
            return null;
        return $"the study needs the plugin {Id}{(Version is null ? "" : " " + Version)}, {(here.Length == 0 ? "which is not installed" : $"but {string.Join(" and ", here)} {(here.Length == 1 ? "is" : "are")} installed")}: "
            + $"'dotnet sat plugin install {Id}{(Version is null ? "" : " --version " + Version)}{(isOneOfSeveral ? " --beside" : "")}' brings it, and 'dotnet sat plugin restore' all that a study needs.";
    }
}
