using Sat.Records;

namespace Sat.Tool.Display;

/// <summary>Texts of a fixed width.</summary>
internal static class FixedText
{
    /// <summary>A text in just so many columns: filled with blanks, or its middle left out, for names that begin and end with what tells
    /// them apart.</summary>
    public static string Fit(string text, int columns)
    {
        text = VisibleText.Line(text);
        if (text.Length <= columns)
            return text.PadRight(columns);
        if (columns < 8)
            return text[..columns];
        var tail = (columns - 2) / 2;
        return text[..(columns - 2 - tail)] + ".." + text[^tail..];
    }
}
