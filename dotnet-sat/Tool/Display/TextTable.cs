using System.Globalization;
using Sat.Records;

namespace Sat.Tool.Display;

/// <summary>A table of plain lines, columns two blanks apart, for as many rows as there are: a widget that lays out cells takes seconds for
/// thousands.</summary>
/// <param name="Header">Names of the columns.</param>
/// <param name="Rows">A text a column each.</param>
internal sealed record TextTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int Gap = 2;
    private const int Shortest = 12;

    /// <summary>In a file or a pipe a column is no wider than this for the sake of a single long text, which stays whole.</summary>
    private const int WidestPiped = 32;

    /// <summary>Characters that texts are filled up to at most, to stand beneath each other.</summary>
    private int MostFilled { get; init; } = int.MaxValue;

    /// <summary>
    /// The table in so many columns of a terminal: as many whole columns are left out as must be, and long words are shortened in
    /// their middle as far as they must be; a number is never cut.
    /// </summary>
    /// <param name="columns">Columns of the terminal; null: there is no limit.</param>
    /// <param name="spare">Columns that may be shortened and left out, those first that are left out first; all others stay as they
    /// are.</param>
    /// <param name="left">Names of the columns that are left out.</param>
    public TextTable Fit(int? columns, IReadOnlyList<string> spare, out IReadOnlyList<string> left)
    {
        left = [];
        if (columns is not { } room)
            return this with { MostFilled = WidestPiped };
        var widths = Widths();
        int[] least = [.. widths.Select((w, i) => spare.Contains(Header[i]) ? Math.Min(w, Math.Max(Shortest, LongestNumber(i))) : w)];
        var shown = Enumerable.Range(0, Header.Count).ToList();
        int Excess(int[] of) => shown.Sum(i => of[i] + Gap) - Gap - room;
        foreach (var name in spare.TakeWhile(_ => Excess(least) > 0))
            shown.RemoveAll(i => Header[i] == name);
        left = [.. Enumerable.Range(0, Header.Count).Except(shown).Select(i => Header[i])];
        while (
            Excess(widths) is > 0 and var excess
            && shown.Where(i => widths[i] > least[i]).OrderByDescending(i => widths[i]).Cast<int?>().FirstOrDefault() is { } longest
        )
            widths[longest] = Math.Max(least[longest], widths[longest] - excess);
        IReadOnlyList<string> Row(IReadOnlyList<string> row) =>
            [.. shown.Select(i => row[i].Length > widths[i] ? FixedText.Fit(row[i], widths[i]) : row[i])];
        return new TextTable(Row(Header), [.. Rows.Select(Row)]);
    }

    /// <summary>Columns by their width, the widest first.</summary>
    public IEnumerable<string> Widest() =>
        Widths().Select((w, i) => (Width: w, Name: Header[i])).OrderByDescending(c => c.Width).Select(c => c.Name);

    /// <summary>Writes the table; where a terminal has too few columns, the text of the first column stands above its row.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="columns">Columns of the terminal; null: there is no limit.</param>
    public void Write(TextWriter output, int? columns)
    {
        var widths = Widths();
        if (columns is not { } room || widths.Sum() + (Gap * (widths.Length - 1)) <= room)
        {
            Write(output);
            return;
        }
        var rest = new TextTable([.. Header.Skip(1)], [.. Rows.Select(r => (IReadOnlyList<string>)[.. r.Skip(1)])]);
        using var lines = new StringWriter { NewLine = "\n" };
        rest.Write(lines);
        var texts = lines.ToString().Split('\n');
        output.WriteLine($"{new string(' ', Gap)}{texts[0]}");
        for (var i = 0; i < Rows.Count; i++)
        {
            output.WriteLine(WordWrap.Paragraph(VisibleText.Line(Rows[i][0]), room));
            output.WriteLine($"{new string(' ', Gap)}{texts[i + 1]}");
        }
    }

    public void Write(TextWriter output)
    {
        var widths = Widths();
        foreach (var row in Rows.Prepend(Header))
        {
            for (var i = 0; i < widths.Length - 1; i++)
                output.Write(VisibleText.Line(row[i]).PadRight(Math.Min(widths[i], MostFilled)) + new string(' ', Gap));
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

    private int LongestNumber(int column) => Rows.Select(r => r[column]).Where(IsNumber).Select(t => t.Length).DefaultIfEmpty(0).Max();

    private static bool IsNumber(string text) => double.TryParse(text.TrimEnd('%', ' '), CultureInfo.InvariantCulture, out _);
}
