namespace Sat.Publishing.Descriptions;

/// <summary>Texts of people in Markdown.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#|~";

    /// <summary>A text as one line in which nothing is markup.</summary>
    public static string Line(string text) =>
        string.Concat(
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Select(c => Special.Contains(c) ? $"\\{c}" : $"{c}")
        );
}
