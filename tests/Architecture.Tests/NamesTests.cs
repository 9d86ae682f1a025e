using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sat.Architecture.Tests;

/// <summary>Nothing outside plugins/ names a concrete dataset, method or model.</summary>
[TestClass]
public partial class NamesTests
{
    /// <summary>Ids that are words of other trades too, and where they are.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        ["npz"] = "a file's ending: an archive of arrays (benchmarks)",
        ["none"] = "a plain word: an absent ELF table (Native), a CSS value (reports)",
    };

    [TestMethod]
    public void The_product_names_no_component_of_a_plugin()
    {
        var ids = House.Plugins.SelectMany(Ids).ToHashSet();
        Assert.Contains("sat", ids);
        Assert.Contains("cifar10", ids);
        ids.ExceptWith(Words.Keys);

        var found = Naming(ids);
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [TestMethod]
    public void The_product_names_no_metric_of_a_plugin()
    {
        var metrics = House.Plugins.SelectMany(Metrics).ToHashSet();
        Assert.Contains("knn-top1", metrics);
        Assert.Contains("collapsed", metrics);
        Assert.IsEmpty(Naming(metrics));
    }

    [TestMethod]
    [DataRow("""if (id == "sat")""", "sat")]
    [DataRow("""Find($"method/sat")""", "method/sat")]
    [DataRow("""var a = "x\"y"; // "erm" """, "x\\\"y")]
    public void The_scan_sees_literals_and_no_comments(string line, string expected) =>
        Assert.AreEqual(expected, Literal().Matches(Comment().Replace(line, "")).Single().Groups["text"].Value);

    /// <summary>Where the product has a literal that is one of some names.</summary>
    private static List<string> Naming(HashSet<string> ids)
    {
        var found = new List<string>();
        foreach (var file in Sources())
        {
            var lines = File.ReadAllLines(file);
            for (var i = 0; i < lines.Length; i++)
            {
                foreach (Match literal in Literal().Matches(Comment().Replace(lines[i], "")))
                {
                    var text = literal.Groups["text"].Value;
                    // A text with blanks is prose or an example for people; a name that decides something stands alone: sat, method/sat,
                    // method.id=sat.
                    if (!text.Contains(' ') && text.Split('/', '=', '.', ':', ',').Any(ids.Contains))
                        found.Add($"{Path.GetRelativePath(House.Root, file)}:{i + 1}: {literal.Value}");
                }
            }
        }
        return found;
    }

    private static IEnumerable<string> Metrics(string plugin) =>
        JsonNode.Parse(File.ReadAllText(House.BuiltFile(plugin, "sat-plugin.json")))!["components"]!
            .AsArray()
            .SelectMany(c => c!["metrics"]?.AsArray() ?? [])
            .Select(m => (string)m!["name"]!);

    private static IEnumerable<string> Sources() =>
        new[] { "dotnet-sat", "reports", "benchmarks" }
            .Select(folder => Path.Combine(House.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static IEnumerable<string> Ids(string plugin) =>
        JsonNode.Parse(File.ReadAllText(House.BuiltFile(plugin, "sat-plugin.json")))!["components"]!
            .AsArray()
            .Select(c => (string)c!["id"]!);

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    /// <summary>From // to the line's end, unless it is within a text (an address).</summary>
    [GeneratedRegex("(?<=^[^\"]*(\"(?:[^\"\\\\]|\\\\.)*\"[^\"]*)*)//.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();
}
