using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>Cells that differ by one numeric setting alone, in the order of its values.</summary>
/// <param name="Settings">What they have in common, path to value.</param>
/// <param name="Cells">Each with its value.</param>
internal sealed record OptionLine(IReadOnlyDictionary<string, string> Settings, IReadOnlyList<(double At, CellResult Cell)> Cells);
