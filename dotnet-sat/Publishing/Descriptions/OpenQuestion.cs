namespace Sat.Publishing.Descriptions;

/// <summary>A question about results that no record answers. Authors answer it in their publication file.</summary>
/// <param name="Key">The answer's name under <c>answers</c>.</param>
/// <param name="Text">The question.</param>
public sealed record OpenQuestion(string Key, string Text)
{
    internal static readonly OpenQuestion Claims =
            new("claims", "What do the results show, and for which data, nets and settings does it hold?"),
        Limits = new("limits", "What are the limits of the study, and what was tried that is not in it?"),
        Data = new("data", "Under which licence are the data, and do they show persons who agreed to it?"),
        Tuning = new("tuning", "How were the options chosen, on which data, and how many were tried?"),
        Use = new("use", "What are the trained nets for, and what should they not be used for?"),
        Harm = new("harm", "Could the results or what they lead to harm anybody?");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OpenQuestion> All { get; } = [Claims, Limits, Data, Tuning, Use, Harm];

    /// <summary>A line of Markdown: the answer, or the question with an empty box.</summary>
    internal string Line(Publication publication) =>
        publication.Answers.TryGetValue(Key, out var answer) ? $"- [x] {Text} {MarkdownText.Line(answer)}" : $"- [ ] {Text} (`{Key}`)";
}
