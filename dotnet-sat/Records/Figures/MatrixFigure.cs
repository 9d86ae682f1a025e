namespace Sat.Records.Figures;

/// <summary>A number for each pair of labels: a transition matrix, similarities of classes.</summary>
public sealed record MatrixFigure : Figure
{
    private const int MostLabels = 100;

    /// <summary>What the rows are.</summary>
    public required string Down { get; init; }

    /// <summary>What the columns are.</summary>
    public required string Across { get; init; }

    /// <summary>A label for each row.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>A label for each column.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>A number for each row and column; finite.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    /// <inheritdoc/>
    private protected override string? ProblemOfKind() =>
        Rows.Count == 0 || Columns.Count == 0 ? "has no rows or no columns"
        : Values.Count != Rows.Count || Values.Any(r => r.Count != Columns.Count)
            ? $"has {Rows.Count} x {Columns.Count} labels, and other numbers of values"
        : ProblemOf(Values.SelectMany(r => r)) ?? TooMany(Rows.Count, MostLabels, "rows") ?? TooMany(Columns.Count, MostLabels, "columns");

    /// <inheritdoc/>
    private protected override IEnumerable<string> TextsOfKind() => [Down, Across, .. Rows, .. Columns];
}
