using Sat.Publishing.Privacy;
using Sat.Records;

namespace Sat.Publishing.Tests;

[TestClass]
public sealed class PrivateTextTests
{
    [TestMethod]
    [DataRow("/home/mara/runs", "the home folder")]
    [DataRow("by Mara.", "the user's name")]
    [DataRow("on lab-seven", "the name of the machine")]
    [DataRow("see /mnt/pictures/cifar", "the path of a folder")]
    [DataRow("a s3cr3t-\\\"x\\\"", "the value of HUB_TOKEN")]
    public void What_is_private_is_refused_with_its_line_and_not_shown(string text, string kind)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/run.json", $"{{\n\"note\": \"{text}\"\n}}");
        var error = Assert.ThrowsExactly<SatException>(() => PrivateText.Refuse(folder.Path, Values()));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.IsTrue(error.Problems.Any(p => p.ToString().StartsWith($"a/run.json:2: {kind} ", StringComparison.Ordinal)), error.Message);
        Assert.DoesNotContain("s3cr3t", error.Message);
    }

    [TestMethod]
    [DataRow("maranta, samara, lab-sevenths")]
    [DataRow("short")]
    [DataRow("ordinary-value")]
    public void Other_words_are_not(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.txt", text);
        PrivateText.Refuse(folder.Path, Values());
    }

    private static IReadOnlyList<PrivateValue> Values() =>
        PrivateValues.From(
            "/home/mara",
            "mara",
            "lab-seven",
            ["/mnt/pictures"],
            new Dictionary<string, string>
            {
                ["HUB_TOKEN"] = "s3cr3t-\"x\"",
                ["API_KEY"] = "short",
                ["EDITOR"] = "ordinary-value",
            }
        );
}
