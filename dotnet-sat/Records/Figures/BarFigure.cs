namespace Sat.Records.Figures;

/// <summary>A value for each of some labels: a histogram, a number for each class.</summary>
public sealed record BarFigure : Figure
{
    private const int MostBars = 100;

    /// <summary>What the labels are, such as <c>confidence</c> or <c>class</c>.</summary>
    public required string X { get; init; }

    /// <summary>What the values measure, with their unit.</summary>
    public required string Y { get; init; }

    /// <summary>One or more, from left to right.</summary>
    public required IReadOnlyList<FigureBar> Bars { get; init; }

    /// <inheritdoc/>
    private protected override string? ProblemOfKind() =>
        Bars.Count == 0 ? "has no bars" : ProblemOf(Bars.Select(b => b.Value)) ?? TooMany(Bars.Count, MostBars, "bars");

    /// <inheritdoc/>
    private protected override IEnumerable<string> TextsOfKind() => [X, Y, .. Bars.Select(b => b.Label)];
}
