using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>The studies of the papers, as a user meets them.</summary>
[TestClass]
public sealed class PaperTests
{
    [TestMethod]
    public async Task Each_study_is_listed_and_written_and_a_wrong_name_is_answered_with_the_near_one()
    {
        using var workshop = new Workshop();
        var listed = JsonNode.Parse((await workshop.Sat("paper", "list", "--json")).Out)!["papers"]!.AsArray();
        var files = Directory.GetFiles(Path.Combine(Places.Repository, "studies", "paper"), "*.full.yaml");
        CollectionAssert.AreEquivalent(
            files.Select(f => Path.GetFileName(f).Replace(".full.yaml", "", StringComparison.Ordinal)).ToArray(),
            listed.Select(p => (string)p!["name"]!).ToArray()
        );
        Assert.IsTrue(listed.All(p => (int)p!["full"]!["runs"]! > 0 && (int)p["small"]!["runs"]! > 0));

        var written = await workshop.Sat("paper", "init", "sensitivity", "mine.yaml", "--scale", "small");
        Assert.AreEqual(ExitCode.Fine, written.ExitCode, written.Error);
        Assert.AreEqual(
            await File.ReadAllTextAsync(Path.Combine(Places.Repository, "studies", "paper", "sensitivity.small.yaml")),
            await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "mine.yaml"))
        );
        Told.InOneSentence(await workshop.Sat("paper", "init", "sensitivity", "mine.yaml"), ExitCode.Planning, "exists already");
        Told.InOneSentence(await workshop.Sat("paper", "init", "labelnoise"), ExitCode.Planning, "Did you mean 'label-noise'?");
    }
}
