using System.Text;

namespace Sat.Noise.Standard;

/// <summary>Splits a text into records and cells (RFC 4180): separated by what first separates cells in it, a comma, a semicolon or a tab;
/// quoted cells may hold separators and line breaks.</summary>
/// <param name="text">The text; lines end as on any system.</param>
/// <param name="isKnown">True for what a record may begin with although it begins with <c>#</c>; other such lines are comments.</param>
sealed class DelimitedTable(string text, Func<TableCell, bool> isKnown)
{
    private int _at;
    private int _line = 1;
    private char? _separator;

    /// <summary>Its records and the lines that they begin in, from 1; without blank lines and comments.</summary>
    /// <exception cref="InvalidDataException">A quote is not closed, or something follows a closed one.</exception>
    public List<(int Line, TableCell[] Cells)> Read()
    {
        var rows = new List<(int, TableCell[])>();
        // Excel's own first line, which names the separator.
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && LineEnd(0) == 5 && text[4] is ',' or ';' or '\t')
        {
            _separator = text[4];
            _at = 5;
            EndLine();
        }
        while (_at < text.Length)
        {
            var end = LineEnd(_at);
            if (string.IsNullOrWhiteSpace(text[_at..end]) || (text[_at] == '#' && !isKnown(Plain(_at, Separator()))))
            {
                _at = end;
                EndLine();
                continue;
            }
            var line = _line;
            _separator ??= Separator();
            rows.Add((line, Row()));
        }
        return rows;
    }

    private TableCell[] Row()
    {
        var cells = new List<TableCell>();
        while (true)
        {
            if (_at < text.Length && text[_at] == '"')
                cells.Add(Quoted());
            else
            {
                cells.Add(Plain(_at, _separator!.Value));
                _at += cells[^1].Text.Length;
            }
            if (_at >= text.Length || text[_at] != _separator)
            {
                EndLine();
                return [.. cells];
            }
            _at++;
        }
    }

    private TableCell Plain(int from, char separator)
    {
        var length = text.AsSpan(from).IndexOfAny(separator, '\r', '\n');
        return new TableCell(length < 0 ? text[from..] : text.Substring(from, length), CellForm.Plain);
    }

    private TableCell Quoted()
    {
        var line = _line;
        var cell = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at >= text.Length)
                throw new InvalidDataException($"line {line}: a quote is not closed");
            if (text[_at] == '"' && (++_at >= text.Length || text[_at] != '"'))
                break;
            cell.Append(text[_at]);
            if (text[_at] == '\n' || (text[_at] == '\r' && !(_at + 1 < text.Length && text[_at + 1] == '\n')))
                _line++;
        }
        while (_at < text.Length && text[_at] != _separator && text[_at] is ' ' or '\t')
            _at++;
        return _at >= text.Length || text[_at] == _separator || text[_at] is '\r' or '\n'
            ? new TableCell(cell.ToString(), CellForm.Exact)
            : throw new InvalidDataException(
                $"line {_line}: '{text[_at..LineEnd(_at)].Split(_separator!.Value)[0]}' follows a quoted cell: put quotes around the whole cell, and write those in it twice"
            );
    }

    /// <summary>What follows the first cell of the record that begins here.</summary>
    private char Separator()
    {
        if (_separator is { } known)
            return known;
        var at = _at;
        if (text[at] == '"')
        {
            // Quotes written twice close and open again.
            var open = true;
            while (++at < text.Length && (open || text[at] == '"'))
                open ^= text[at] == '"';
        }
        var next = text.AsSpan(Math.Min(at, text.Length)).IndexOfAny(",;\t\r\n");
        return next >= 0 && text[at + next] is not ('\r' or '\n') ? text[at + next] : ',';
    }

    private int LineEnd(int from) => text.AsSpan(from).IndexOfAny('\r', '\n') is >= 0 and var length ? from + length : text.Length;

    private void EndLine()
    {
        if (_at < text.Length)
            _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
        _line++;
    }
}
