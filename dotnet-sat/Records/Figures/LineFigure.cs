namespace Sat.Records.Figures;

/// <summary>Lines over a common horizontal axis: curves, a vector over layers, a quantity against a threshold.</summary>
public sealed record LineFigure : Figure
{
    private const int MostLines = 12;
    private const int MostPoints = 2000;

    /// <summary>What the horizontal axis measures, with its unit.</summary>
    public required string X { get; init; }

    /// <summary>What the vertical axis measures, with its unit.</summary>
    public required string Y { get; init; }

    /// <summary>One or more.</summary>
    public required IReadOnlyList<FigureLine> Lines { get; init; }

    /// <inheritdoc/>
    private protected override string? ProblemOfKind() =>
        Lines.Count == 0 ? "has no lines"
        : Lines.FirstOrDefault(l => l.X.Count != l.Y.Count) is { } uneven
            ? $"has {uneven.X.Count} places and {uneven.Y.Count} values in the line '{uneven.Name}'"
        : Lines.FirstOrDefault(l => l.X.Count == 0) is { } empty ? $"has no point in the line '{empty.Name}'"
        : ProblemOf(Lines.SelectMany(l => l.X.Concat(l.Y)))
            ?? TooMany(Lines.Count, MostLines, "lines")
            ?? TooMany(Lines.Max(l => l.X.Count), MostPoints, "points in a line");

    /// <inheritdoc/>
    private protected override IEnumerable<string> TextsOfKind() => [X, Y, .. Lines.Select(l => l.Name)];
}
