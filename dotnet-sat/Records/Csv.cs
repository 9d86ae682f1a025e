using System.Globalization;
using System.Text;

namespace Sat.Records;

/// <summary>
/// Tables for other programs: RFC 4180, invariant numbers, empty where there is no value. A text that a spreadsheet would
/// take for a formula begins with an apostrophe, and what a terminal would obey is shown: see <see cref="VisibleText"/>.
/// </summary>
public static class Csv
{
    /// <summary>The text of a table.</summary>
    /// <param name="head">Names of the columns.</param>
    /// <param name="rows">Values; null: none.</param>
    /// <param name="lineBreak">Ends a row.</param>
    public static string Write(IEnumerable<string> head, IEnumerable<IEnumerable<object?>> rows, string lineBreak = "\r\n")
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(head))
            text.AppendJoin(',', row.Select(Field)).Append(lineBreak);
        return text.ToString();
    }

    /// <summary>Rows of a table beneath its heading, however many there are; a line break in quotes ends none.</summary>
    /// <param name="table">As <see cref="Write"/> makes it; it is read to its end.</param>
    public static long CountRows(TextReader table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (count, quoted) = (-1L, false);
        for (var next = table.Read(); next >= 0; next = table.Read())
        {
            quoted ^= next == '"';
            count += next == '\n' && !quoted ? 1 : 0;
        }
        return Math.Max(0, count);
    }

    /// <summary>A text as a table shows it, before any quotes: what a program finds that reads the table.</summary>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return VisibleText.Escape(IsFormula(text) ? "'" + text : text);
    }

    private static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        text = value is string ? Text(text) : VisibleText.Escape(text);
        return !NeedsQuotes(text) ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>True too where readers would drop what is not quoted: blanks around a cell, and lines that begin as comments do.</summary>
    private static bool NeedsQuotes(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n\t") >= 0
        || (text.Length > 0 && (text[0] == '#' || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])));

    /// <summary>True for what a spreadsheet calculates rather than shows. Some pass over controls at the beginning, and take full-width
    /// signs for plain ones.</summary>
    private static bool IsFormula(string text) =>
        text.Length > 0
        && (text[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' || char.IsControl(text[0]))
        && !(
            double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
        );
}
