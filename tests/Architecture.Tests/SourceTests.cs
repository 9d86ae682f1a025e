using System.Text.RegularExpressions;

namespace Sat.Architecture.Tests;

/// <summary>What the formatter does not see to: comments keep the line length, and a type's name says which type it is.</summary>
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
