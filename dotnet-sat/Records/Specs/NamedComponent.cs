using Sat.Records.Components;

namespace Sat.Records.Specs;

/// <summary>Which of the components at hand a specification names.</summary>
public static class NamedComponent
{
    /// <summary>The component of a specification's id and revision, or null.</summary>
    public static CatalogEntry? Find(this ComponentCatalog catalog, ComponentKind kind, ComponentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(spec);
        return catalog.Find(kind, spec.Id, spec.Revision);
    }
}
