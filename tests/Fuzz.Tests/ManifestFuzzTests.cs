using System.Globalization;
using Sat.Hosting;
using Sat.Records;

namespace Sat.Fuzz.Tests;

[TestClass]
public sealed class ManifestFuzzTests
{
    private static readonly string Supervised = Path.Combine(Places.Bin("dotnet-sat"), "plugins", "sat.supervised");

    [TestMethod]
    [Timeout(300_000)]
    public void A_damaged_manifest_is_a_problem_of_that_plugin_alone()
    {
        using var folder = new TemporaryFolder();
        Copy(Supervised, folder.At("plugins", "damaged"));
        Copy(Path.Combine(Places.Bin("dotnet-sat"), "plugins", "sat.noise"), folder.At("plugins", "whole"));
        var manifest = folder.At("plugins", "damaged", "sat-plugin.json");
        var problems = 0;
        Fuzzing.Each(File.ReadAllBytes(manifest), (bytes, _) =>
        {
            File.WriteAllBytes(manifest, bytes);
            var host = PluginHost.Discover([folder.At("plugins")]);
            problems += host.Problems.Count;
            Assert.IsTrue(host.Catalog.Entries.Any(e => e.Manifest.Package == "sat.noise"), "the whole one is there");
        });
        Assert.IsGreaterThan(Fuzzing.InProcess / 3, problems);
    }

    [TestMethod]
    [Timeout(300_000)]
    public void The_tool_warns_of_damaged_manifests_and_works_on()
    {
        using var folder = new TemporaryFolder();
        var original = File.ReadAllBytes(Path.Combine(Supervised, "sat-plugin.json"));
        for (var seed = 0; seed < Fuzzing.ThroughTool; seed++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"home/plugins/p{seed}");
            if (Directory.Exists(folder.At("home")))
                Directory.Delete(folder.At("home"), recursive: true);
            Copy(Supervised, folder.At(name));
            folder.Write(name + "/sat-plugin.json", Mutation.Of(original, new Random(5000 + seed)));
            var (code, text, error) = Fuzzing.Sat(folder, $"seed {5000 + seed}", "plugin", "list");
            // A copy that is still whole has the components of the built-in one: that is a clash, and told as one.
            Assert.IsTrue(code is ExitCode.Fine or ExitCode.Environment, error);
            if (code == ExitCode.Fine)
                Assert.Contains("dataset/shapes", text);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
