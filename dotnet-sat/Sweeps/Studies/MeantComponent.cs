using System.Runtime.CompilerServices;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>Which of the installed components a study's settings mean.</summary>
internal static class MeantComponent
{
    /// <summary>Asked for each cell of a matrix.</summary>
    private static readonly ConditionalWeakTable<ComponentSchema, IReadOnlyList<OptionSchema>> Known = [];

    /// <summary>The component of an id and, where the settings give one, a revision; null: there is none, or they name several.</summary>
    /// <param name="catalog">The components at hand.</param>
    /// <param name="kind">The kind that stands there.</param>
    /// <param name="component">Its settings.</param>
    public static CatalogEntry? Find(this ComponentCatalog catalog, ComponentKind kind, Setting? component) =>
        Layer.IdOf(component) is { } id ? catalog.Find(kind, id, Layer.RevisionOf(component)) : null;

    /// <summary>The options of the component that settings mean, its revision among them; empty: they mean none.</summary>
    /// <param name="catalog">The components at hand.</param>
    /// <param name="kind">The kind that stands there.</param>
    /// <param name="component">Its settings.</param>
    public static IReadOnlyList<OptionSchema> OptionsOf(this ComponentCatalog catalog, ComponentKind kind, Setting? component) =>
        catalog.Find(kind, component) is { } found
            ? Known.GetValue(found.Schema, schema => [.. schema.Options, Layer.RevisionSchema(schema.Revision)])
            : [];
}
