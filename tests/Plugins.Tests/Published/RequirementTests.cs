using Sat.Records;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;

namespace Sat.Published.Tests;

/// <summary>What the components say they need is looked at when a study is planned, before anything trains.</summary>
[TestClass]
public sealed class RequirementTests
{
    [TestMethod]
    public void Adversarial_training_of_normalised_images_is_refused_at_its_line()
    {
        Plan("{ id: shapes, normalize: false }", "trades", "pgd");
        foreach (var dataset in new[] { "{ id: shapes }", "{ id: shapes, normalize: true }" })
        {
            var refused = Assert.ThrowsExactly<SatException>(() => Plan(dataset, "trades", "pgd"));
            Assert.AreEqual(ExitCode.Planning, refused.ExitCode);
            Assert.Contains("method 'trades' needs 'dataset.normalize: false'", refused.Message);
            Assert.Contains("study.yaml:3", refused.Message, "where the dataset stands");
        }
    }

    [TestMethod]
    public void Attacks_and_coverages_of_runs_that_give_no_classes_are_refused_at_their_line()
    {
        Plan("{ id: shapes }", "byol", "knn");
        foreach (var evaluation in new[] { "pgd", "autoattack", "selective" })
        {
            var refused = Assert.ThrowsExactly<SatException>(() => Plan("{ id: shapes }", "byol", evaluation));
            Assert.AreEqual(ExitCode.Planning, refused.ExitCode);
            Assert.Contains($"evaluation '{evaluation}' measures classifiers, and method 'byol' trains none", refused.Message);
            Assert.Contains("study.yaml:8", refused.Message);
        }
    }

    [TestMethod]
    public void Labels_of_other_images_are_refused_before_a_run_begins()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("labels.pt", "labels");
        foreach (var noise in new[] { "cifar10n", "cifar100n" })
        {
            var refused = Assert.ThrowsExactly<SatException>(() =>
                Plan("{ id: shapes }", "erm", "knn", $"{{ id: {noise}, path: '{file}' }}")
            );
            Assert.AreEqual(ExitCode.Planning, refused.ExitCode);
            Assert.Contains($"noise '{noise}' needs 'dataset.id: {noise[..^1]}', and this run has 'shapes'", refused.Message);
        }
    }

    private static void Plan(string dataset, string method, string evaluation, string noise = "none") =>
        Planner.Plan(
            Study.Parse(
                $$"""
                name: needs
                defaults:
                  dataset: {{dataset}}
                  noise: {{noise}}
                  model: { id: small-conv, width: 4 }
                  training: { epochs: 2, batch-size: 50 }
                matrix: { method: [ {{method}} ] }
                evaluate: [ {{evaluation}} ]
                """,
                "study.yaml"
            ),
            TestedPlugins.Host.Catalog,
            new PlanOptions { DataRoot = "/nowhere", Tool = "test" }
        );
}
