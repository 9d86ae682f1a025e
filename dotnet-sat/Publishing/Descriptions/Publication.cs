using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Settings;
using Sat.Yaml;

namespace Sat.Publishing.Descriptions;

/// <summary>What only the authors of results know of them.</summary>
/// <param name="Title">What the results are called.</param>
/// <param name="Licence">An SPDX identifier, such as <c>CC-BY-4.0</c>.</param>
/// <param name="Authors">At least one.</param>
public sealed record Publication(string Title, string Licence, IReadOnlyList<Author> Authors)
{
    /// <summary>Answers to questions that no record answers, by their keys (<see cref="OpenQuestion"/>).</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A file that says it all.</summary>
    public const string Example = """
        title: Label noise on CIFAR-10
        licence: CC-BY-4.0
        authors:
          - { given-names: Ada, family-names: Lovelace, orcid: 0000-0002-1825-0097 }
        """;

    private static readonly YamlKind Kind = new("a publication file", "Write title, licence and authors", "title: My results");

    private static readonly string[] Keys = ["title", "licence", "authors", "answers"],
        AuthorKeys = ["given-names", "family-names", "orcid", "affiliation"];

    /// <summary>Reads a publication file.</summary>
    /// <exception cref="SatException">It cannot be read, or lacks something (exit code 2).</exception>
    public static Publication Read(string file)
    {
        try
        {
            return Parse(RegularFile.ReadStrictText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.DecoderFallbackException)
        {
            throw new SatException(ExitCode.Planning, $"the publication file {file} cannot be read: {e.Message}", inner: e);
        }
    }

    /// <summary>Reads what a publication file says.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its path, for messages.</param>
    /// <exception cref="SatException">It lacks something (exit code 2).</exception>
    public static Publication Parse(string text, string file)
    {
        var problems = new List<Problem>();
        var root = YamlReader.Read(text, file, Kind);
        Unknown(root, Keys, "a publication file", problems);
        var title = Text(root, "title", "a publication file", problems);
        var licence = Text(root, "licence", "a publication file", problems);
        if (licence is not null && !PublicationRules.IsLicence(licence))
            problems.Add(
                new Problem($"'{licence}' is no SPDX identifier of a licence: write one such as CC-BY-4.0 or MIT.", root["licence"]!.At)
            );
        var authors = (root["authors"] as ListSetting)?.Items ?? [];
        if (authors.Count == 0)
            problems.Add(
                new Problem(
                    "'authors' takes a list, such as '- { given-names: Ada, family-names: Lovelace }'.",
                    root["authors"]?.At ?? root.At
                )
            );
        Author[] read = [.. authors.Select(a => Author(a, problems)).OfType<Author>()];
        var answers = Answered(root, problems);
        return problems.Count == 0
            ? new Publication(title!, licence!, read) { Answers = answers }
            : throw new SatException(ExitCode.Planning, problems);
    }

    private static Author? Author(Setting setting, List<Problem> problems)
    {
        if (setting is not MapSetting map)
        {
            problems.Add(new Problem("an author is a map, such as '{ given-names: Ada, family-names: Lovelace }'.", setting.At));
            return null;
        }
        Unknown(map, AuthorKeys, "an author", problems);
        var (given, family) = (Text(map, "given-names", "an author", problems), Text(map, "family-names", "an author", problems));
        var orcid = map["orcid"] is { } value ? OrcidText.Parse((value as ScalarSetting)?.Text ?? "") : null;
        if (map["orcid"] is { } wrong && orcid is null)
            problems.Add(
                new Problem("'orcid' is no ORCID: copy it, such as 0000-0002-1825-0097; its last digit checks the others.", wrong.At)
            );
        var affiliation = map["affiliation"] is null ? null : Text(map, "affiliation", "an author", problems);
        return given is null || family is null ? null : new Author(given, family, orcid, affiliation);
    }

    private static SortedDictionary<string, string> Answered(MapSetting root, List<Problem> problems)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (root["answers"] is not { } setting)
            return answers;
        if (setting is not MapSetting map)
        {
            problems.Add(new Problem("'answers' takes a map, such as 'limits: one dataset only'.", setting.At));
            return answers;
        }
        string[] keys = [.. OpenQuestion.All.Select(q => q.Key)];
        Unknown(map, keys, "the map of answers", problems);
        foreach (var entry in map.Entries.Where(e => keys.Contains(e.Name)))
            if (Text(map, entry.Name, "the map of answers", problems, isLine: false) is { } answer)
                answers[entry.Name] = answer;
        return answers;
    }

    private static void Unknown(MapSetting map, string[] known, string owner, List<Problem> problems) =>
        problems.AddRange(
            map.Entries.Where(e => !known.Contains(e.Name))
                .Select(e => new Problem(
                    $"{owner} has no '{e.Name}'.{NearestName.Hint(e.Name, known)} It has {string.Join(", ", known)}.",
                    e.At
                ))
        );

    private static string? Text(MapSetting map, string name, string owner, List<Problem> problems, bool isLine = true)
    {
        if (map[name] is ScalarSetting { Text.Length: > 0 } scalar)
        {
            if (!isLine || !scalar.Text.Any(char.IsControl))
                return scalar.Text;
            problems.Add(new Problem($"'{name}' takes one line of text, without tabs and other control characters.", scalar.At));
            return null;
        }
        problems.Add(new Problem($"{owner} needs '{name}', a text.", (map[name] ?? map).At));
        return null;
    }
}
