using Sat.Records;

namespace Sat.Tool.Display;

/// <summary>A table for a terminal of any width: in a row that is too long for it, the texts of the last columns stand beneath the others,
/// each in lines of its own, whole.</summary>
/// <param name="table">The table.</param>
/// <param name="last">How many of its columns may stand beneath.</param>
internal sealed class NarrowTable(TextTable table, int last)
{
    private const int Gap = 2;
    private const int Indent = 4;

    private readonly int _first = table.Header.Count - last;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="columns">Columns of the terminal; null: there is no limit.</param>
    public void Write(TextWriter output, int? columns)
    {
        var beneath = Beneath(columns);
        IEnumerable<IReadOnlyList<string>> shown = table.Rows.Select((row, i) => beneath.Contains(i) ? Beginning(row) : row);
        using var text = new StringWriter { NewLine = "\n" };
        new TextTable(table.Header, [.. shown]).Write(text);
        var lines = text.ToString().Split('\n');
        output.WriteLine(lines[0].TrimEnd());
        for (var i = 0; i < table.Rows.Count; i++)
        {
            output.WriteLine(lines[i + 1].TrimEnd());
            if (beneath.Contains(i))
                WriteBeneath(output, table.Rows[i], columns);
        }
    }

    /// <summary>The rows that do not fit: as few as must be, the longest of them.</summary>
    private HashSet<int> Beneath(int? columns)
    {
        var beneath = new HashSet<int>();
        if (columns is not { } room)
            return beneath;
        var longest = new Queue<int>(
            Enumerable.Range(0, table.Rows.Count).OrderByDescending(i => table.Rows[i].Skip(_first).Max(t => VisibleText.Line(t).Length))
        );
        var widths = new int[table.Header.Count];
        do
        {
            for (var c = 0; c < widths.Length; c++)
            {
                var rows = c < _first ? table.Rows : table.Rows.Where((_, i) => !beneath.Contains(i));
                widths[c] = rows.Prepend(table.Header).Max(r => VisibleText.Line(r[c]).Length);
            }
        } while (widths.Sum() + (Gap * (widths.Length - 1)) > room && longest.TryDequeue(out var next) && beneath.Add(next));
        return beneath;
    }

    private string[] Beginning(IReadOnlyList<string> row) => [.. row.Select((text, c) => c < _first ? text : "")];

    private void WriteBeneath(TextWriter output, IReadOnlyList<string> row, int? columns)
    {
        var width = last == 1 ? 0 : table.Header.Skip(_first).Max(n => n.Length) + Gap;
        for (var i = _first; i < row.Count; i++)
        {
            var name = last == 1 ? "" : table.Header[i].PadRight(width);
            var text = VisibleText.Line(row[i]);
            var besides = Indent + width;
            if (name.Length > 0 && text.Split(' ').Max(w => w.Length) > columns - besides)
            {
                output.WriteLine(new string(' ', Indent) + name.TrimEnd());
                (name, besides) = ("", Indent + Gap);
            }
            output.WriteLine(WordWrap.Paragraph(new string(' ', besides - name.Length) + name + text, columns, besides));
        }
    }
}
