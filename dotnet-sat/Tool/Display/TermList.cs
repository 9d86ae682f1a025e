using Sat.Records;

namespace Sat.Tool.Display;

/// <summary>Names with what they mean, for a terminal of any width.</summary>
internal static class TermList
{
    private const int Gap = 2;

    /// <summary>A line each, the texts in a column of their own; what is too long for a line continues in that column.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="terms">Names and texts.</param>
    /// <param name="columns">Columns of the terminal; null: there is no limit.</param>
    public static void Write(TextWriter output, IReadOnlyList<(string Name, string Text)> terms, int? columns)
    {
        var width = terms.Select(t => VisibleText.Line(t.Name).Length).DefaultIfEmpty().Max() + Gap;
        foreach (var (name, text) in terms)
            output.WriteLine(WordWrap.Paragraph(VisibleText.Line(name).PadRight(width) + VisibleText.Line(text), columns, width));
    }

    /// <summary>A line for the name and what is short, and beneath it the text, indented.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="terms">Names, what stands beside them, and texts.</param>
    /// <param name="columns">Columns of the terminal; null: there is no limit.</param>
    public static void WriteBlocks(TextWriter output, IEnumerable<(string Name, string Beside, string Text)> terms, int? columns)
    {
        foreach (var (name, beside, text) in terms)
        {
            output.WriteLine(WordWrap.Paragraph(VisibleText.Line($"  {name}: {beside}"), columns, Gap + Gap));
            output.WriteLine(WordWrap.Paragraph(VisibleText.Line($"    {text}"), columns, Gap + Gap));
        }
    }
}
