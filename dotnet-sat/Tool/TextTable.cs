using Sat.Records;

namespace Sat.Tool;

/// <summary>A table of plain lines, columns two blanks apart, for as many rows as there are: a widget that lays out cells takes seconds for thousands.</summary>
/// <param name="Header">Names of the columns.</param>
/// <param name="Rows">A text a column each.</param>
internal sealed record TextTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public void Write(TextWriter output)
    {
        var widths = new int[Header.Count];
        IReadOnlyList<string>[] shown = [.. Rows.Prepend(Header).Select(row => row.Select(VisibleText.Line).ToArray())];
        foreach (var row in shown)
        {
            for (var i = 0; i < widths.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }
        foreach (var row in shown)
        {
            for (var i = 0; i < widths.Length - 1; i++)
                output.Write(row[i].PadRight(widths[i] + 2));
            output.WriteLine(row[^1]);
        }
    }
}
