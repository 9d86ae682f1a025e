using System.Globalization;
using System.Text;
using Sat.Records;

namespace Sat.Tool.Display;

/// <summary>What a line of a live display shows of a run, or of all of them.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Share">How much of it is done, in [0, 1].</param>
/// <param name="Left">Time left; null: nothing was measured yet.</param>
/// <param name="Details">What else there is to say, the most important first.</param>
internal sealed record ProgressLine(string Name, double Share, TimeSpan? Left, IReadOnlyList<string> Details)
{
    private const int Least = 40;
    private const int Time = 9;
    private const int Percent = 6;

    /// <summary>The line for a terminal: name, details where there is room, bar, percentage and time left, in at most so many
    /// columns.</summary>
    /// <param name="columns">Columns that it may take.</param>
    /// <param name="names">Columns of the longest name shown beside it.</param>
    /// <param name="unicode">False where a terminal knows ASCII alone.</param>
    public string Text(int columns, int names, bool unicode)
    {
        var end =
            (Share >= 1 ? "100 %" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * Share):0} %")).PadLeft(Percent)
            + (Left is { } left ? RunText.Time(left) : "").PadLeft(Time);
        if (columns < Least)
            return $"{FixedText.Fit(Name, Math.Max(0, columns - end.Length))}{end}" is var text && text.Length > columns
                ? text[^columns..]
                : text;
        var bar = columns >= 100 ? 20 : 10;
        var room = columns - end.Length - bar - 1;
        var line = new StringBuilder(FixedText.Fit(Name, Math.Min(room, Math.Max(names, 8))));
        foreach (var detail in Details.Select(VisibleText.Line))
        {
            if (line.Length + detail.Length + 2 > room)
                break;
            line.Append("  ").Append(detail);
        }
        var full = (int)(bar * Math.Clamp(Share, 0, 1));
        return line.Append(' ', room - line.Length)
            .Append(' ')
            .Append(unicode ? '━' : '#', full)
            .Append(unicode ? '─' : '.', bar - full)
            .Append(end)
            .ToString();
    }
}
