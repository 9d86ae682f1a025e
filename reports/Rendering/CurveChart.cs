namespace Sat.Reports.Rendering;

/// <summary>What a chart of curves shows, before its axes are known.</summary>
/// <param name="Id">Unlike any other id of the page.</param>
/// <param name="Title">What people read above it.</param>
/// <param name="Label">What it shows, in a sentence.</param>
/// <param name="Quantity">Charts of one row and one quantity have one scale.</param>
/// <param name="Name">Of its vertical axis.</param>
/// <param name="IsShare">True if its values are percent.</param>
/// <param name="Lines">One or more, each with a point or more.</param>
/// <param name="Rules">Where something begins.</param>
/// <param name="IsLog">True where epochs were evaluated at growing distances.</param>
internal sealed record CurveChart(
    string Id,
    string Title,
    string Label,
    string Quantity,
    string Name,
    bool IsShare,
    IReadOnlyList<ChartLine> Lines,
    IReadOnlyList<ChartRule> Rules,
    bool IsLog
)
{
    /// <summary>What of the study it does not show, in a sentence; empty: it shows all.</summary>
    public string Omitted { get; init; } = "";
}
