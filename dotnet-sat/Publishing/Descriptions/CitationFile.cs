using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sat.Publishing.Descriptions;

/// <summary>How the results are cited: <c>CITATION.cff</c>, Citation File Format 1.2.0 (https://citation-file-format.github.io).</summary>
internal static class CitationFile
{
    public const string FileName = "CITATION.cff";

    /// <param name="facts">Who made what when.</param>
    /// <param name="description">What the study says of itself; null: nothing.</param>
    public static string Of(BundleFacts facts, string? description)
    {
        var text = new StringBuilder();
        Line("cff-version", "1.2.0");
        Line("message", "If you use these results, please cite them as below.");
        Line("type", "dataset");
        Line("title", facts.Publication.Title);
        if (description is not null)
            Line("abstract", description);
        text.Append("authors:\n");
        foreach (var author in facts.Publication.Authors)
        {
            text.Append("  - family-names: ").Append(Quoted(author.FamilyNames)).Append('\n');
            text.Append("    given-names: ").Append(Quoted(author.GivenNames)).Append('\n');
            if (author.OrcidAddress is { } orcid)
                text.Append("    orcid: ").Append(Quoted(orcid)).Append('\n');
            if (author.Affiliation is { } affiliation)
                text.Append("    affiliation: ").Append(Quoted(affiliation)).Append('\n');
        }
        Line("license", facts.Publication.Licence);
        Line("date-released", facts.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return text.ToString();

        void Line(string name, string value) => text.Append(name).Append(": ").Append(Quoted(value)).Append('\n');
    }

    /// <summary>A text of JSON is one of YAML.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, JsonText.Options);
}
