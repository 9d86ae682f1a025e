using Sat.Records.Components;

namespace Sat.Records.Specs;

/// <summary>A place in a run's specification that holds a component.</summary>
/// <param name="Name">Where it is, as in <c>training.optimizer</c>. Locations of its files begin with it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Of">The component of a run; null: the run has none there.</param>
public sealed record SpecSlot(string Name, ComponentKind Kind, Func<RunSpec, ComponentSpec?> Of)
{
    /// <summary>True if a run can be without one.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The last part of the name, as in <c>optimizer</c>.</summary>
    public string Title => Name[(Name.LastIndexOf('.') + 1)..];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
