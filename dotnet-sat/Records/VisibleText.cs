using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sat.Records;

/// <summary>
/// Text of studies, file names, records, plugins and servers as it may be shown. Characters that a terminal obeys rather
/// than draws, and those that turn the direction of the text around them, are shown by their codes: <c>\u001b</c>. That is
/// also how JSON and C# write them, so that a document stays one. Passwords in addresses are hidden (<see cref="Secrets"/>).
/// </summary>
public static class VisibleText
{
    private const string LineBreaks = "\n\r";

    private static readonly SearchValues<char> Hidden = SearchValues.Create([
        .. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(IsHidden),
    ]);

    private static readonly SearchValues<char> HiddenInLine = SearchValues.Create([
        .. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(c => IsHidden(c) || c is '\n' or '\t'),
    ]);

    /// <summary>
    /// True for what is not shown as it stands: C0 controls but line feed and tab, DEL, C1 controls, line and paragraph
    /// separators, and the marks, embeddings, overrides and isolates of bidirectional text.
    /// </summary>
    public static bool IsHidden(char c) =>
        c
            is (< ' ' and not '\n' and not '\t')
                or (>= '\u007f' and <= '\u009f')
                or '\u061c'
                or '\u200e'
                or '\u200f'
                or '\u2028'
                or '\u2029'
                or (>= '\u202a' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069');

    /// <summary>Text of any number of lines. A carriage return before a line feed belongs to the line break.</summary>
    public static string Escape(string text)
    {
        text = Secrets.Hide(text);
        return text.AsSpan().ContainsAny(Hidden) ? Shown(text, Hidden) : text;
    }

    /// <summary>Text that must stay on its line, such as a cell of a table: line breaks and tabs are shown by their codes too.</summary>
    public static string Line(string text)
    {
        text = Secrets.Hide(text);
        return text.AsSpan().ContainsAny(HiddenInLine) ? Shown(text, HiddenInLine) : text;
    }

    /// <summary>A message whose lines after the first are indented: none of them can pass for a message of its own.</summary>
    public static string Message(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(LineBreaks) ? text.TrimEnd().ReplaceLineEndings("\n  ") : text;
    }

    /// <summary>True if letters that are written from right to left are in a text: they draw what stands beside them to their
    /// side.</summary>
    public static bool IsRightToLeft(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyInRange('\u0590', '\uffff') >= 0
            && text.EnumerateRunes()
                .Any(r =>
                    r.Value
                        is (>= 0x590 and <= 0x8ff)
                            or (>= 0xfb1d and <= 0xfdff)
                            or (>= 0xfe70 and <= 0xfeff)
                            or (>= 0x10800 and <= 0x10fff)
                            or (>= 0x1e800 and <= 0x1efff)
                );
    }

    private static string Shown(string text, SearchValues<char> hidden)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (!hidden.Contains(text[i]) || (hidden == Hidden && text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n'))
                shown.Append(text[i]);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }
        return shown.ToString();
    }
}
