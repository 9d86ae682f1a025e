namespace Sat.Reports.Results;

/// <summary>A check of one cell, or of two that differ by one option alone.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="Holds">Whether it holds there.</param>
/// <param name="Value">The metric, mean over seeds.</param>
/// <param name="Option">The value of the option that the check is about; null: it is about none.</param>
/// <param name="Before">The metric at the next smaller value of the option; null: only the limit counts.</param>
/// <param name="BeforeOption">That value.</param>
public sealed record CheckCase(string Cell, bool Holds, double Value, double? Option, double? Before, double? BeforeOption);
