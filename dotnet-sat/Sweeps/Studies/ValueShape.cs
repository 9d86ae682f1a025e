using Sat.Records.Options;

namespace Sat.Sweeps.Studies;

/// <summary>A value.</summary>
/// <param name="Schema">Its schema; null: an option of a component, or of one that does not exist.</param>
public sealed record ValueShape(OptionSchema? Schema) : Shape;
