using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Records.Protocols;
using Sat.Reports.Published;

namespace Sat.Tool.Sweeping;

/// <summary>What is odd about files of published values that people wrote themselves.</summary>
internal static class OwnBaselines
{
    private static readonly (ComponentKind Kind, Func<Protocol, ProtocolComponent?> Of)[] Named =
    [
        (ComponentKind.Dataset, p => p.Dataset),
        (ComponentKind.Noise, p => p.Noise),
        (ComponentKind.Model, p => p.Model),
        (ComponentKind.Method, p => p.Method),
    ];

    /// <summary>Components that such values name and nobody has: no run is ever held against them.</summary>
    public static IEnumerable<string> Warnings(Plan plan, ComponentCatalog catalog) =>
        from frozen in plan.Published
        where !BaselineLibrary.Names.Contains(frozen.Name)
        let values = BaselineLibrary.Read(frozen).Values.Where(v => v.Role == BaselineRole.Paper).ToArray()
        from named in Named
        from id in values.Select(v => named.Of(v.Protocol)?.Id).OfType<string>().Distinct()
        where catalog.Find(named.Kind, id) is null
        let kind = named.Kind.ToString().ToLowerInvariant()
        select $"the published values {frozen.Name} are about the {kind} '{id}', which is not installed, so no run is compared with them.{NearestName.Hint(id, catalog.Ids(named.Kind))}";
}
