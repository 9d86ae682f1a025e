namespace Sat.Records.Figures;

/// <summary>Texts and numbers in rows.</summary>
public sealed record TableFigure : Figure
{
    private const int MostColumns = 20;
    private const int MostRows = 200;

    /// <summary>A heading for each column.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>A text for each row and column; numbers as they are to be read.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <inheritdoc/>
    private protected override string? ProblemOfKind() =>
        Columns.Count == 0 ? "has no columns"
        : Rows.Any(r => r.Count != Columns.Count) ? $"has {Columns.Count} columns, and a row with another number of texts"
        : TooMany(Columns.Count, MostColumns, "columns") ?? TooMany(Rows.Count, MostRows, "rows");

    /// <inheritdoc/>
    private protected override IEnumerable<string> TextsOfKind() => [.. Columns, .. Rows.SelectMany(r => r)];
}
