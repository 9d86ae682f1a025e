namespace Sat.Tool.Display;

/// <summary>Text in lines of whole words.</summary>
internal static class WordWrap
{
    /// <summary>Blanks that a line that continues another has more than that.</summary>
    public const int Indent = 2;

    /// <summary>Columns below which a terminal breaks lines by itself: hardly a word would fit.</summary>
    private const int Narrowest = 20;

    /// <summary>A paragraph in lines of whole words; a word that is longer than a line has one of its own.</summary>
    /// <param name="text">The paragraph, without line breaks.</param>
    /// <param name="columns">Columns of a line; null: there is no limit.</param>
    /// <param name="indent">Blanks before each line but the first.</param>
    public static string Paragraph(string text, int? columns, int indent = Indent)
    {
        if (columns is not (>= Narrowest and var room) || text.Length <= room)
            return text;
        var blanks = text.Length - text.TrimStart(' ').Length;
        var lines = new List<string> { text[..blanks] };
        foreach (var word in text[blanks..].Split(' '))
        {
            var isEmpty = string.IsNullOrWhiteSpace(lines[^1]);
            if (!isEmpty && lines[^1].Length + 1 + word.Length > room)
                lines.Add(new string(' ', indent) + word);
            else
                lines[^1] += isEmpty ? word : " " + word;
        }
        return string.Join('\n', lines);
    }

    /// <summary>Several lines, each wrapped on its own: what continues a line is indented more than the line.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="columns">Columns of a line; null: there is no limit.</param>
    public static string Lines(string text, int? columns) =>
        columns is null
            ? text
            : string.Join('\n', text.Split('\n').Select(l => Paragraph(l, columns, l.Length - l.TrimStart(' ').Length + Indent)));
}
