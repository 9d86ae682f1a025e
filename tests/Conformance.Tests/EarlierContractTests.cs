using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Sdk.Testing;

namespace Sat.Conformance.Tests;

/// <summary>Plugins that were built against an earlier state of the contracts, kept as files: they load, train and measure as they
/// did.</summary>
[TestClass]
public sealed class EarlierContractTests
{
    private static readonly string Folder = Path.Combine(Places.Repository, "tests", "Conformance.Tests", "Earlier", "contract-1");

    private static readonly RunSetup Setup = new RunSetup
    {
        Epochs = 2,
        BatchSize = 8,
        Validation = 12,
    }.With(ComponentKind.Dataset, "shapes", new JsonObject { ["train-samples"] = 60, ["test-samples"] = 20 });

    public static IEnumerable<object[]> Kept =>
        from folder in Directory.GetDirectories(Folder)
        from component in JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "sat-plugin.json")))!["components"]!.AsArray()
        select new object[]
        {
            Path.GetFileName(folder),
            Enum.Parse<ComponentKind>((string)component!["kind"]!, ignoreCase: true),
            (string)component["id"]!,
        };

    [TestMethod]
    [DynamicData(nameof(Kept))]
    public void A_plugin_of_the_first_contract_works(string folder, ComponentKind kind, string id)
    {
        using var files = new TemporaryFolder();
        var plugin = PluginUnderTest.From(Path.Combine(Folder, folder));
        Assert.AreEqual(1, plugin.Manifest.Contract);
        if (kind == ComponentKind.Evaluation)
        {
            using var trained = plugin.Train(Setup).RequireDone();
            using var measured = trained.Evaluate(plugin, id).RequireDone();
            Assert.IsNotEmpty(measured.Record.Final!);
            return;
        }
        using var run = plugin.Train(Setup.With(kind, id, Needed(plugin, id, files))).RequireDone();
        Assert.IsTrue(run.Values("loss").All(double.IsFinite));
    }

    /// <summary>What the component cannot do without.</summary>
    private static JsonObject Needed(PluginUnderTest plugin, string id, TemporaryFolder files)
    {
        switch (id)
        {
            case "distillation":
                using (var teacher = plugin.Train(Setup).RequireDone())
                    File.Copy(Path.Combine(teacher.Folder, "weights.safetensors"), files.At("teacher.safetensors"));
                return new JsonObject { ["teacher"] = files.At("teacher.safetensors") };
            case "known-transition":
                var identity = Enumerable.Range(0, 10).Select(i => string.Join(',', Enumerable.Range(0, 10).Select(j => i == j ? 1 : 0)));
                File.WriteAllLines(files.At("matrix.csv"), identity);
                return new JsonObject { ["matrix"] = files.At("matrix.csv") };
            case "fixmatch":
                return new JsonObject { ["labelled"] = 20, ["labelled-batch"] = 4 };
            default:
                return [];
        }
    }
}
