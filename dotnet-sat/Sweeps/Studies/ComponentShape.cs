using Sat.Records.Components;

namespace Sat.Sweeps.Studies;

/// <summary>A component: an id with options beside it.</summary>
/// <param name="Kind">Its kind.</param>
public sealed record ComponentShape(ComponentKind Kind) : Shape;
