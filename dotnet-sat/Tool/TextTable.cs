using System.Globalization;
using Sat.Records;

namespace Sat.Tool;

/// <summary>A table of plain lines, columns two blanks apart, for as many rows as there are: a widget that lays out cells takes seconds for thousands.</summary>
/// <param name="Header">Names of the columns.</param>
/// <param name="Rows">A text a column each.</param>
internal sealed record TextTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int Gap = 2;
    private const int Shortest = 12;

    /// <summary>
    /// The table in so many columns of a terminal: long words are shortened in their middle, then whole columns left out, the last
    /// first; a number is never cut.
    /// </summary>
    /// <param name="columns">Columns of the terminal; null: there is no limit.</param>
    /// <param name="kept">Columns that are never left out.</param>
    /// <param name="left">Names of the columns that are left out.</param>
    public TextTable Fit(int? columns, IReadOnlyCollection<string> kept, out IReadOnlyList<string> left)
    {
        var gone = new List<string>();
        left = gone;
        if (columns is not { } room)
            return this;
        var shown = Enumerable.Range(0, Header.Count).ToList();
        var widths = Widths();
        bool IsWide() => shown.Sum(i => widths[i] + Gap) - Gap > room;
        while (IsWide() && shown.Where(i => widths[i] > Shortest && !kept.Contains(Header[i]) && Rows.All(r => !IsNumber(r[i]))).OrderByDescending(i => widths[i]).Cast<int?>().FirstOrDefault() is { } longest)
            widths[longest] = Math.Max(Shortest, widths[longest] - (shown.Sum(i => widths[i] + Gap) - Gap - room));
        while (IsWide() && shown.FindLastIndex(i => !kept.Contains(Header[i])) is >= 0 and var last)
        {
            gone.Insert(0, Header[shown[last]]);
            shown.RemoveAt(last);
        }
        IReadOnlyList<string> Row(IReadOnlyList<string> row) => [.. shown.Select(i => row[i].Length > widths[i] ? ProgressLine.Fit(row[i], widths[i]) : row[i])];
        return new TextTable(Row(Header), [.. Rows.Select(Row)]);
    }

    public void Write(TextWriter output)
    {
        var widths = Widths();
        foreach (var row in Rows.Prepend(Header))
        {
            for (var i = 0; i < widths.Length - 1; i++)
                output.Write(VisibleText.Line(row[i]).PadRight(widths[i] + Gap));
            output.WriteLine(VisibleText.Line(row[^1]));
        }
    }

    private int[] Widths()
    {
        var widths = new int[Header.Count];
        foreach (var row in Rows.Prepend(Header))
        {
            for (var i = 0; i < widths.Length; i++)
                widths[i] = Math.Max(widths[i], VisibleText.Line(row[i]).Length);
        }
        return widths;
    }

    private static bool IsNumber(string text) => double.TryParse(text.TrimEnd('%', ' '), CultureInfo.InvariantCulture, out _);
}
