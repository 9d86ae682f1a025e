namespace Sat.Reports.Rendering;

/// <summary>An entry of a legend.</summary>
internal sealed record LegendView(string Name, int Color, string Dash, bool IsMark = false)
{
    /// <summary>The marks of every method; each has its method's colour.</summary>
    public static readonly LegendView Published = new("published", 3, "none", IsMark: true);

    public static LegendView From(ChartLine line) => new(line.Name, line.Color, line.Dash.Length == 0 ? "none" : line.Dash);
}
