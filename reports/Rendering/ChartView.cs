namespace Sat.Reports.Rendering;

/// <summary>A chart, its legend and its data.</summary>
internal sealed record ChartView(string Title, Html Svg, IReadOnlyList<LegendView> Legend, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Note)
{
    private const int MostRows = 12;

    /// <param name="id">Unlike any other id of the page.</param>
    /// <param name="title">What people read above it.</param>
    /// <param name="label">What it shows, in a sentence: its text alternative.</param>
    /// <param name="axis">Below it.</param>
    /// <param name="scale">Beside it.</param>
    /// <param name="lines">One or more, each with a point or more.</param>
    public static ChartView Of(string id, string title, string label, ChartAxis axis, ChartScale scale, IReadOnlyList<ChartLine> lines)
    {
        var places = lines.SelectMany(l => l.Points.Select(p => p.X)).Distinct().Order().ToArray();
        var shown = Shown(places);
        var whole = places.All(double.IsInteger);
        return new ChartView(
            title,
            ChartSvg.Draw(id, label, axis, scale, lines),
            [.. lines.Select(l => new LegendView(l.Name, l.Color, l.Dash.Length == 0 ? "none" : l.Dash))],
            [axis.Title + axis.Unit.Replace('\u00A0', ' '), .. lines.Select(l => scale.Unit.Length > 0 ? $"{l.Name}, {scale.Unit.Trim()}" : l.Name)],
            [.. shown.Select(x => (IReadOnlyList<string>)[whole ? Format.Whole(x) : Format.Number(x), .. lines.Select(l => l.Points.Where(p => p.X.Equals(x)).Select(p => scale.Number(p.Y)).FirstOrDefault("–"))])],
            shown.Count < places.Length ? "A selection; results.json has all of them." : "");
    }

    private static List<double> Shown(double[] places)
    {
        if (places.Length <= MostRows)
            return [.. places];
        return [.. Enumerable.Range(0, MostRows).Select(i => places[(int)Math.Round(i * (places.Length - 1.0) / (MostRows - 1))]).Distinct()];
    }
}

/// <summary>An entry of a legend.</summary>
internal sealed record LegendView(string Name, int Color, string Dash);
