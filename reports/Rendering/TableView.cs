namespace Sat.Reports.Rendering;

/// <summary>Texts in rows.</summary>
internal sealed record TableView(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
