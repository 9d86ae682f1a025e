using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Seeds are added where a verdict is open, at looks that the plan states.</summary>
[TestClass]
public sealed class UntilDecidedTests
{
    /// <summary>Nothing is learned, so that both methods are level for each seed, and no number of seeds tells them apart.</summary>
    private const string Study = """
        name: level
        matrix:
          dataset: { id: shapes, train-samples: 20, test-samples: 20 }
          model: { id: small-conv, width: 4 }
          method: [erm, sat]
          seed: [1, 2]
        defaults: { training.epochs: 1, training.batch-size: 10, training.optimizer.lr: 1.0e-9 }
        expect:
          - { metric: test-accuracy, where: { method.id: sat }, above: { method.id: erm } }
        """;

    [TestMethod]
    public async Task Looks_are_stated_first_and_kept_when_the_sweep_goes_on()
    {
        using var workshop = new Workshop();
        workshop.Write("level.yaml", Study);
        var first = await workshop.Sat("sweep", "level.yaml", "--until-decided", "--max-seeds", "3");
        Assert.AreEqual(ExitCode.Fine, first.ExitCode, first.Error);
        Assert.Contains("1 verdict is open after 2 seeds: 2 cells get 3.", first.Error);
        Assert.Contains("1 verdict is still open after the last look, at 3 seeds.", first.Error);
        var plan = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "runs", "level", "plan.json")))!;
        Assert.AreEqual("[2,3]", plan["looks"]!["seeds"]!.ToJsonString());
        Assert.HasCount(6, plan["runs"]!.AsArray());
        var report = await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "runs", "level", "report.md"));
        Assert.Contains("Verdicts are looked at with 2 and 3 seeds", report);

        var again = await workshop.Sat("sweep", "level.yaml", "--until-decided");
        Assert.Contains("runs: 6 done before", again.Error);
        Assert.DoesNotContain("not in this one", again.Error);
        var others = await workshop.Sat("sweep", "level.yaml", "--until-decided", "--max-seeds", "9");
        Assert.AreEqual(ExitCode.Planning, others.ExitCode);
        Assert.Contains("was begun with looks at up to 3 seeds", others.Error);
        // Seeds that no look was stated for are refused by any sweep of the folder.
        workshop.Write("level.yaml", Study.Replace("[1, 2]", "[1, 2, 3, 4]", StringComparison.Ordinal));
        foreach (var arguments in new[] { new[] { "sweep", "level.yaml" }, ["sweep", "level.yaml", "--until-decided"] })
        {
            var more = await workshop.Sat(arguments);
            Assert.AreEqual(ExitCode.Planning, more.ExitCode, more.Error);
            Assert.Contains("was begun with looks at 2, 3 seeds, and this study has 4", more.Error);
        }
        // Nor does a lost plan make room for new looks.
        File.Delete(Path.Combine(workshop.Folder, "runs", "level", "plan.json"));
        var lost = await workshop.Sat("sweep", "level.yaml", "--until-decided");
        Assert.AreEqual(ExitCode.Planning, lost.ExitCode, lost.Error);
        Assert.Contains("has runs already", lost.Error);
    }
}
