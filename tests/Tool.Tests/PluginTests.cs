using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

[TestClass]
public sealed class PluginTests
{
    [TestMethod]
    public async Task A_strangers_method_is_added_trained_and_removed()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: label-smoothing, smoothing: 0.2 } ]");
        var before = await workshop.Sat("plan", "tiny.yaml");
        Assert.AreEqual(ExitCode.Planning, before.ExitCode);

        var add = await workshop.Sat("plugin", "add", Places.Bin("Stranger"));
        Assert.AreEqual(ExitCode.Fine, add.ExitCode, add.Error);
        Assert.MatchesRegex(@"method/label-smoothing +.* \[stranger\.smoothing [0-9.]+\]\n", (await workshop.Sat("plugin", "list")).Out);
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 1 done", sweep.Error);

        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "remove", "stranger.smoothing")).ExitCode);
        Assert.AreEqual(ExitCode.Planning, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);
    }

    [TestMethod]
    public async Task A_plugin_for_one_call_trains_and_is_not_kept()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: label-smoothing } ]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--plugin", Places.Bin("Stranger"));
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.DoesNotContain("label-smoothing", (await workshop.Sat("plugin", "list")).Out);
    }

    [TestMethod]
    public async Task A_plugin_is_tested_from_its_folder_and_every_broken_promise_is_named()
    {
        using var workshop = new Workshop();
        var test = await workshop.Sat("plugin", "test", Places.Bin("Careless"), "--set", "method/careless.breaks=learning");
        Assert.AreEqual(ExitCode.GateNotMet, test.ExitCode, test.Error);
        foreach (
            var broken in new[]
            {
                "dataset/sorted: the order says nothing of the classes",
                "noise/in-place: it keeps shapes and what it was given",
                "noise/unseeded: the same seed gives the same noise",
                "model/batch-bound: evaluation looks at each image alone",
                "model/unseeded: the seed decides the weights",
                "method/careless: training lowers the loss",
            }
        )
            Assert.Contains(broken, Failed(test.Out));
        Assert.IsFalse(Failed(test.Out).Any(f => f.EndsWith("default options are values", StringComparison.Ordinal)));

        static string[] Failed(string text)
        {
            var (component, failed) = ("", new List<string>());
            foreach (var line in text.Split('\n'))
            {
                if (!line.StartsWith(' '))
                    component = line;
                else if (line.StartsWith("  FAILED  ", StringComparison.Ordinal))
                    failed.Add($"{component}: {line["  FAILED  ".Length..]}");
            }
            return [.. failed];
        }
    }

    [TestMethod]
    public async Task A_plugin_that_ends_the_process_passes_no_test()
    {
        using var workshop = new Workshop();
        var test = await workshop.Sat("plugin", "test", Places.Bin("Faulty"), "--set", "method/faulty.fault=exit");
        Assert.AreEqual(ExitCode.GateNotMet, test.ExitCode, test.Error);
        Assert.Contains("FAILED  the plugin ended the process while 'gradients reach every parameter' was checked", test.Out);
    }

    [TestMethod]
    public async Task A_study_that_names_a_version_trains_with_its_code_whatever_else_is_installed()
    {
        using var workshop = new Workshop();
        // The same revision in both: only the version that is named tells them apart.
        foreach (var version in new[] { "0.1.0", "9.9.0" })
            Install(workshop, "stranger.smoothing@" + version, version);
        foreach (var (named, used) in new[] { (", version: 0.1", "0.1.0"), (", version: 9.9.0", "9.9.0"), ("", "9.9.0") })
        {
            workshop.WriteStudy("method: [ { id: label-smoothing } ]", "study");
            var study = Path.Combine(workshop.Folder, "study.yaml");
            await File.AppendAllTextAsync(study, $"\nplugins: [ {{ id: stranger.smoothing{named} }} ]\n");
            var sweep = await workshop.Sat("sweep", "study.yaml", "--threads", "1", "--out", "of-" + used + named.Length);
            Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
            var run = workshop.Run("of-" + used + named.Length, workshop.Plan("of-" + used + named.Length).Runs.Single().Id);
            Assert.StartsWith($"{used} sha256:", run.ReadRecord()!.Environment!.Plugins["stranger.smoothing"]);
        }
    }

    private static void Install(Workshop workshop, string folder, string version)
    {
        var target = Path.Combine(workshop.Home, "plugins", folder);
        foreach (var file in Directory.GetFiles(Places.Bin("Stranger")))
        {
            Directory.CreateDirectory(target);
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
        var manifest = Path.Combine(target, "sat-plugin.json");
        var changed = JsonNode.Parse(File.ReadAllText(manifest))!;
        changed["version"] = version;
        File.WriteAllText(manifest, changed.ToJsonString());
    }

    [TestMethod]
    public async Task Show_tells_options_defaults_ranges_and_paper()
    {
        using var workshop = new Workshop();
        var show = await workshop.Sat("plugin", "show", "sat");
        foreach (var text in new[] { "method/sat", "alpha", "0.9", "number in [0, 1]", "start-epoch", "30% of", "2002.10319" })
            Assert.Contains(text, show.Out);
        var folder = await workshop.Sat("plugin", "show", "image-folder");
        Assert.Contains("  path: path; required\n", folder.Out);
        Assert.Contains(
            "  loading: resident | streamed\n    resident: all images",
            folder.Out,
            "its description says what holds otherwise"
        );
        var unknown = await workshop.Sat("plugin", "show", "resnet19");
        Assert.AreEqual(ExitCode.Planning, unknown.ExitCode);
        Assert.Contains("Did you mean 'resnet18'?", unknown.Error);
    }

    [TestMethod]
    public async Task A_plugin_whose_component_exists_already_is_not_added()
    {
        using var workshop = new Workshop();
        var add = await workshop.Sat("plugin", "add", Path.Combine(Places.Bin("dotnet-sat"), "plugins", "sat.supervised"));
        Assert.AreEqual(ExitCode.Environment, add.ExitCode);
        Assert.Contains("sat.supervised 0.1.0 is there already", add.Error);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "list")).ExitCode, "the tool still works");
    }
}
