using System.Text.RegularExpressions;

namespace Sat.Architecture.Tests;

/// <summary>The page of promises names tests, and they are there.</summary>
[TestClass]
public sealed partial class TrustTests
{
    [TestMethod]
    public void Every_promise_names_a_test_that_exists()
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(House.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(File.ReadAllText)), StringComparer.Ordinal);
        string[] rows =
        [
            .. File.ReadLines(Path.Combine(House.Root, "docs", "trust.md"))
                .Where(l =>
                    l.StartsWith("| ", StringComparison.Ordinal)
                    && !l.StartsWith("| promise", StringComparison.Ordinal)
                    && !l.StartsWith("| ---", StringComparison.Ordinal)
                ),
        ];
        Assert.IsGreaterThan(30, rows.Length);
        string[] broken =
        [
            .. rows.Where(row =>
                Test().Match(row) is not { Success: true } test
                || !sources.TryGetValue(test.Groups["class"].Value, out var source)
                || (
                    test.Groups["method"] is { Success: true, Value: var method }
                    && !source.Contains($" {method}(", StringComparison.Ordinal)
                )
            ),
        ];
        Assert.IsEmpty(broken, string.Join('\n', broken));
    }

    [GeneratedRegex(@"\| `(?<class>\w+Tests)(\.(?<method>\w+))?` \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();
}
