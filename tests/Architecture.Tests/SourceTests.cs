using System.Text.RegularExpressions;

namespace Sat.Architecture.Tests;

/// <summary>What the formatter does not see to: comments keep the line length, and a type has a name and a file of its own.</summary>
[TestClass]
public sealed partial class SourceTests
{
    [TestMethod]
    public void Comments_keep_the_line_length()
    {
        var limit = int.Parse(
            MaxLineLength().Match(File.ReadAllText(Path.Combine(House.Root, ".editorconfig"))).Groups["columns"].Value,
            System.Globalization.CultureInfo.InvariantCulture
        );
        var found =
            from file in House.Sources()
            from line in File.ReadLines(file).Index()
            where line.Item.Length > limit && line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(House.Root, file)}:{line.Index + 1}: {line.Item.Length}";
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [TestMethod]
    public void No_two_types_have_one_name()
    {
        var types =
            from file in House.Sources()
            where !Path.GetRelativePath(House.Root, file).StartsWith("tests", StringComparison.Ordinal)
            from Match type in TopLevelType().Matches(File.ReadAllText(file))
            select (Name: type.Groups["name"].Value, File: Path.GetRelativePath(House.Root, file));
        var found = types
            .Distinct()
            .GroupBy(t => t.Name)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(t => t.File))}");
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [TestMethod]
    public void A_type_is_found_in_the_file_of_its_name()
    {
        var found =
            from file in House.Sources()
            let path = Path.GetRelativePath(House.Root, file).Replace('\\', '/')
            where !path.StartsWith("tests", StringComparison.Ordinal) && !Documents.Contains(path)
            from Match type in TopLevelType().Matches(File.ReadAllText(file))
            let name = type.Groups["name"].Value
            where !type.Value.StartsWith("file ", StringComparison.Ordinal) && name != Path.GetFileName(file).Split('.')[0]
            select $"{path}: {name}";
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    /// <summary>A file or a page, part by part: one reads it as a whole.</summary>
    private static readonly HashSet<string> Documents = new(StringComparer.Ordinal)
    {
        "benchmarks/Results/ResultFile.cs",
        "reports/Rendering/Views.cs",
        "reports/Results/InlineJson.cs",
        "reports/Results/ResultsDocument.cs",
    };

    [GeneratedRegex(
        @"^max_line_length = (?<columns>\d+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex MaxLineLength();

    /// <summary>At the beginning of a line: a type within another is named with it.</summary>
    [GeneratedRegex(
        @"^(?:[a-z]+ )*(?:class|struct|interface|enum|record(?: struct)?) (?<name>\w+)(?<generic><[^>]+>)?",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex TopLevelType();
}
