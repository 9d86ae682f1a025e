using Sat.Records;
using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>A cell of a study: the settings of one run, without lists to unfold.</summary>
/// <param name="Settings">Defaults, the cell's own and overrides, laid over one another.</param>
/// <param name="At">The matrix or the include that it comes from.</param>
/// <param name="Included">True if it comes from an include.</param>
public sealed record Cell(MapSetting Settings, SourceLocation? At, bool Included);
