using System.Security.Cryptography;
using System.Text;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Reports.Results;

/// <summary>Short names for the components along one axis of a table.</summary>
internal static class AxisLabels
{
    /// <summary>
    /// A name for each distinct component: its id, and those options in which it differs from others of its id; when
    /// <paramref name="withNumbers"/>, its numeric options always (a noise without its rate tells nothing). Plans and progress tell them
    /// apart by the same words (<see cref="ComponentNames"/>), folders by their names, which <paramref name="paths"/> give. One of an id of
    /// <paramref name="revised"/> has its revision.
    /// </summary>
    public static IReadOnlyDictionary<ComponentSpec, AxisLabel> For(
        IEnumerable<ComponentSpec> components,
        bool withNumbers,
        IReadOnlyDictionary<ComponentSpec, string>? paths = null,
        IReadOnlySet<string>? revised = null
    )
    {
        var distinct = components.Distinct().ToArray();
        var words = ComponentNames.Apart(distinct.Select(c => (c, paths?.GetValueOrDefault(c))), withNumbers, revised);
        return distinct.ToDictionary(
            c => c,
            c => new AxisLabel(
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(SatJson.ToNode(c)))))[
                    ..RunFolder.NameLength
                ],
                string.Join(", ", [c.Id, .. words[c]]),
                string.Join(", ", c.Options.Select(o => $"{o.Key}={c.OptionText(o.Key)}"))
            )
        );
    }
}
