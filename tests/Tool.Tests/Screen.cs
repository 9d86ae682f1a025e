using System.Text;
using System.Text.RegularExpressions;

namespace Sat.Tool.Tests;

/// <summary>What a terminal of so many columns shows of what was written to it: the few escapes that the tool uses, carried out.</summary>
internal sealed partial class Screen
{
    private readonly List<StringBuilder> _rows = [new()];
    private readonly int _columns;
    private int _row;
    private int _column;

    private Screen(int columns) => _columns = columns;

    /// <summary>Lines that a writer let run over the terminal's edge.</summary>
    public int Wrapped { get; private set; }

    /// <summary>The lines of the live display, each time before it is drawn anew.</summary>
    public List<string[]> Frames { get; } = [];

    public static Screen Of(string written, int columns)
    {
        var screen = new Screen(columns);
        foreach (Match part in Part().Matches(written))
            screen.Put(part);
        return screen;
    }

    private void Put(Match part)
    {
        if (part.Groups["command"] is { Success: true } command)
        {
            var count = int.TryParse(part.Groups["count"].Value, out var number) ? number : 1;
            if (command.Value == "A")
            {
                var first = Math.Max(0, _row - count);
                Frames.Add([.. _rows.Skip(first).Take(_row - first + 1).Select(r => r.ToString().TrimEnd()).Where(r => r.Length > 0)]);
                _row = first;
            }
            else if (command.Value == "K")
            {
                _rows[_row].Clear();
            }
        }
        else if (part.Value == "\r")
        {
            _column = 0;
        }
        else if (part.Value == "\n")
        {
            Down();
        }
        else if (part.Value[0] != '\u001b')
        {
            if (_column >= _columns)
            {
                Wrapped++;
                Down();
            }
            var row = _rows[_row];
            row.Append(' ', Math.Max(0, _column + 1 - row.Length));
            row[_column++] = part.Value[0];
        }
    }

    private void Down()
    {
        (_row, _column) = (_row + 1, 0);
        if (_row == _rows.Count)
            _rows.Add(new StringBuilder());
    }

    [GeneratedRegex(
        "\u001b\\[\\??(?<count>[0-9;]*)(?<command>[A-Za-z])|\u001b.|[^\u001b]",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        10_000
    )]
    private static partial Regex Part();
}
