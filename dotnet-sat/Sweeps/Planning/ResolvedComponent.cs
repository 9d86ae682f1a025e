using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>A component, resolved.</summary>
/// <param name="Spec">As the specification names it.</param>
/// <param name="Paths">Option to the absolute path of its files.</param>
/// <param name="Schema">As its manifest describes it.</param>
/// <param name="Notes">What is to be said of its files, a sentence each.</param>
/// <param name="Warnings">What is odd about its files, a sentence each.</param>
/// <param name="Files">What is known of its files.</param>
public sealed record ResolvedComponent(
    ComponentSpec Spec,
    IReadOnlyDictionary<string, string> Paths,
    ComponentSchema Schema,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Warnings,
    KnownFiles Files
);
