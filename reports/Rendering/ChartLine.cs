namespace Sat.Reports.Rendering;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Color">Number of its colour: the style sheet's <c>--series-N</c>.</param>
/// <param name="Dash">Lengths of strokes and gaps, so that colour is not the only difference; empty: solid.</param>
/// <param name="Points">Its points, from left to right.</param>
/// <param name="Spread">How their spread is drawn.</param>
/// <param name="Seeds">Thin lines behind it, one a seed; empty: none.</param>
internal sealed record ChartLine(
    string Name,
    int Color,
    string Dash,
    IReadOnlyList<ChartPoint> Points,
    SpreadMark Spread,
    IReadOnlyList<IReadOnlyList<ChartPoint>> Seeds
)
{
    /// <summary>Marks apart from the line: values that others published.</summary>
    public IReadOnlyList<ChartPoint> Published { get; init; } = [];

    /// <summary>Colours that the style sheet has.</summary>
    public const int Colors = 6;

    private static readonly string[] Dashes = ["", "10 5", "2.5 4", "12 4 2.5 4", "5 3", "1.5 2.5"];

    /// <summary>A colour and a dash for the n-th method, unlike those of the 35 before it; the first three have colours that no curve of a
    /// single cell has.</summary>
    public static (int Color, string Dash) Look(int n) => ((n + 3) % Colors + 1, Dashes[(n + n / Colors) % Dashes.Length]);
}
