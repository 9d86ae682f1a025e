using System.Globalization;
using System.Text;

namespace Sat.Records;

/// <summary>Tables for other programs: RFC 4180, invariant numbers, empty where there is no value.</summary>
public static class Csv
{
    /// <summary>The text of a table.</summary>
    /// <param name="head">Names of the columns.</param>
    /// <param name="rows">Values; null: none.</param>
    public static string Write(IEnumerable<string> head, IEnumerable<IEnumerable<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(head))
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return text.ToString();
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
        // A text that a spreadsheet would take for a formula is kept from it.
        if (value is string && text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t')
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
