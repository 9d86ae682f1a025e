using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Plugins that are damaged, foreign, incomplete, or throw.</summary>
[TestClass]
public sealed class BadPluginTests
{
    private const string Manifest = "sat-plugin.json";

    [TestMethod]
    [DataRow(
        "ThrowsInConstructor",
        "ThrowsInConstructor.dll failed to load: InvalidOperationException: the moon is full",
        "Fix it and build it again"
    )]
    [DataRow(
        "ThrowsInRegister",
        "ThrowsInRegister.dll failed to load: InvalidOperationException: the stars are wrong",
        "Fix it and build it again"
    )]
    [DataRow(
        "DuplicateId",
        "DuplicateId.dll failed to load: ArgumentException: schedule/flat is registered twice",
        "Fix it and build it again"
    )]
    [DataRow("a text", "Stranger.dll is not a .NET assembly, or damaged", "build or install the plugin again")]
    [DataRow("a half", "Stranger.dll is not a .NET assembly, or damaged", "build or install the plugin again")]
    [DataRow("a native library", "Stranger.dll is not a .NET assembly, or damaged", "build or install the plugin again")]
    [DataRow("no assembly", "Stranger.dll is missing", "build or install the plugin again")]
    [DataRow("a newer contract", "Stranger.dll was built for contract 7 of Sat.Sdk; this tool supports contract 1", "Update dotnet-sat")]
    [DataRow("a manifest of a newer contract", "was built for contract 7; this tool supports contract 1", "Update dotnet-sat")]
    [DataRow("half a manifest", Manifest + ":", "it is cut off. Build or install the plugin again")]
    [DataRow("an empty manifest", Manifest + ":1: ", "it is empty. Build or install the plugin again")]
    [DataRow("another manifest", Manifest, "does not list the components that Stranger.dll registers: build the plugin again")]
    [DataRow("no manifest", "is not a plugin: it has no " + Manifest, "Build the plugin against Sat.Sdk")]
    [DataRow("nothing", "is not a plugin: it has no " + Manifest, "Build the plugin against Sat.Sdk")]
    [DataRow("no folder", "there is no folder", "give the folder that the plugin was built or published into")]
    [DataRow("the tool's own library", "contains TorchSharp.dll, which the tool itself provides", "build the plugin again")]
    public async Task What_is_no_sound_plugin_is_not_added(string fault, string what, string remedy)
    {
        using var workshop = new Workshop();
        var plugin = Faulty(workshop, fault);
        Told.InOneSentence(await workshop.Sat("plugin", "add", plugin), ExitCode.Environment, plugin, what, remedy);
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Home, "plugins")), "nothing was installed");
    }

    [TestMethod]
    [DataRow("a text", "Stranger.dll is not a .NET assembly, or damaged")]
    [DataRow("a native library", "Stranger.dll is not a .NET assembly, or damaged")]
    [DataRow("no assembly", "Stranger.dll is missing")]
    [DataRow("a newer contract", "was built for contract 7 of Sat.Sdk")]
    [DataRow("half a manifest", Manifest + ":")]
    [DataRow("nothing", "it has no " + Manifest)]
    [DataRow("no folder", "--plugin takes the folder that the plugin was built or published into")]
    public async Task A_plugin_for_one_call_that_cannot_load_is_told_before_anything_is_begun(string fault, string what)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: erm }, { id: label-smoothing } ]");
        var plugin = Faulty(workshop, fault);
        Told.InOneSentence(
            await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--plugin", plugin),
            ExitCode.Environment,
            plugin,
            what
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")), "nothing was begun");
    }

    [TestMethod]
    public async Task A_plugin_that_throws_while_it_loads_fails_its_runs_and_the_others_finish()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("training.schedule: [ { id: odd }, { id: constant } ]");
        var plugin = Faulty(workshop, "ThrowsInRegister");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--plugin", plugin);
        Told.AsFailedRuns(
            sweep,
            ExitCode.Environment,
            [Path.Combine(plugin, "ThrowsInRegister.dll"), "failed to load: InvalidOperationException: the stars are wrong"]
        );
        Assert.Contains("runs: 1 done, 1 failed", sweep.Error);
    }

    [TestMethod]
    public async Task A_manifest_that_promises_other_options_fails_the_runs_rather_than_drop_them()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: label-smoothing, smoothness: 0.3 } ]");
        var plugin = Faulty(workshop, "another manifest");
        Told.AsFailedRuns(
            await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--plugin", plugin),
            ExitCode.Environment,
            [Path.Combine(plugin, Manifest), "does not list the components that Stranger.dll registers"]
        );
    }

    [TestMethod]
    public async Task A_method_that_errs_in_mid_run_fails_its_run_naming_the_plugin_and_the_sweep_goes_on()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: erm } ]", training: "epochs: 3, batch-size: 32");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1")).ExitCode);
        var finished = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).Path;
        var before = Told.Contents(finished);

        workshop.WriteStudy(
            "method: [ { id: faulty, epoch: 1, fault: [create, loss, shape, no-loss, constant, exit, print, none] }, { id: faulty, epoch: 1, metric: [test-accuracy, 'Not A Name', own] }, { id: faulty, metric: own-value, fault: [not-a-number], epoch: 9 }, { id: erm } ]",
            training: "epochs: 3, batch-size: 32"
        );
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--plugin", Places.Bin("Faulty"));

        Told.AsFailedRuns(
            sweep,
            ExitCode.RunFailed,
            ["ArgumentException in Faulty: there is no projector", "log.txt has the details"],
            ["InvalidOperationException in Faulty: the memory bank is empty", "log.txt has the details"],
            ["the method 'faulty' (Faulty.FaultyMethod) returned a loss of shape [32]", "A loss is a scalar"],
            ["the method 'faulty' (Faulty.FaultyMethod) returned null for its loss", "A loss is a scalar"],
            ["the method 'faulty' (Faulty.FaultyMethod) returned a loss without a gradient", "A loss is a scalar"],
            [
                "the worker ended with exit code 0 before the run had ended",
                "A plugin, or a library of one, may have ended the process, as Environment.Exit does",
                "stranger.faulty",
            ],
            ["the method 'faulty' returned a metric named 'test-accuracy', which the engine measures itself", "choose another name"],
            ["the method 'faulty' returned a metric named 'Not A Name'", "lower-case letters, digits and hyphens"]
        );
        Assert.Contains("runs: 4 done, 1 done before, 8 failed", sweep.Error);
        Assert.Contains(
            "warning: the method 'faulty' returned NaN for the metric 'own-value' after epoch 1: that value is left out",
            sweep.Error
        );
        Told.Untouched(before, finished);

        var failed = workshop
            .Plan("runs/tiny")
            .Runs.Select(r => workshop.Run("runs/tiny", r.Id))
            .Single(r => r.ReadRecord()!.Error?.Contains("memory bank", StringComparison.Ordinal) == true);
        Assert.AreEqual((RunStatus.Failed, ExitCode.RunFailed), (failed.ReadRecord()!.Status, failed.ReadRecord()!.ExitCode));
        Assert.HasCount(1, failed.ReadMetrics(), "the epoch before is kept");
        Assert.Contains("   at Faulty.FaultyMethod.Loss", await File.ReadAllTextAsync(failed.LogFile), "the trace is for the log");
    }

    [TestMethod]
    public async Task A_library_that_a_plugin_lacks_is_named_before_anything_is_run()
    {
        using var workshop = new Workshop();
        var plugin = Folders.Copy(Places.Bin("Faulty"), Path.Combine(workshop.Folder, "plugin"));
        File.Delete(Path.Combine(plugin, "CsCheck.dll"));
        workshop.WriteStudy("method: [ { id: faulty, epoch: 1, fault: [library, none] } ]", training: "epochs: 2, batch-size: 32");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--plugin", plugin);
        Told.InOneSentence(
            sweep,
            ExitCode.Environment,
            "it needs CsCheck, which is not in its folder",
            "publish the plugin with its dependencies"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    public async Task A_damaged_plugin_among_the_installed_ones_is_warned_of_and_in_nobodys_way()
    {
        using var workshop = new Workshop();
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "add", Places.Bin("Stranger"))).ExitCode);
        var manifest = Path.Combine(workshop.Home, "plugins", "stranger.smoothing", Manifest);
        await File.WriteAllTextAsync(manifest, "{");

        workshop.WriteStudy("seed: [1]");
        var plan = await workshop.Sat("plan", "tiny.yaml");
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        Assert.StartsWith($"warning: {manifest}:1: the file is damaged: it is cut off. Build or install the plugin again.", plan.Error);

        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "remove", "stranger.smoothing")).ExitCode);
        Assert.AreEqual("", (await workshop.Sat("plan", "tiny.yaml")).Error);
    }

    [TestMethod]
    public async Task One_component_in_two_plugins_is_told_with_both_and_one_plugin_given_twice_is_one()
    {
        using var workshop = new Workshop();
        var copy = Folders.Copy(Places.Bin("Stranger"), Path.Combine(workshop.Folder, "copy"));
        Told.InOneSentence(
            await workshop.Sat("plugin", "list", "--plugin", Places.Bin("Stranger"), "--plugin", copy),
            ExitCode.Environment,
            "method/label-smoothing is in two plugins",
            Places.Bin("Stranger"),
            copy,
            "Leave one out"
        );
        var twice = await workshop.Sat("plugin", "list", "--plugin", copy, "--plugin", copy);
        Assert.AreEqual(ExitCode.Fine, twice.ExitCode, twice.Error);
    }

    [TestMethod]
    public async Task A_clash_of_installed_plugins_is_warned_of_and_only_who_needs_the_component_fails()
    {
        using var workshop = new Workshop();
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Places.Bin("dotnet-sat"), "plugins", "sat.noise", Manifest)))!;
        manifest["package"] = "mine";
        // As after an update of the tool: a built-in plugin has now what an added one had first.
        workshop.Write($"../home/plugins/mine/{Manifest}", manifest.ToJsonString());
        workshop.WriteStudy("noise: [ { id: symmetric, rate: 0.2 } ]");
        Told.InOneSentence(
            await workshop.Sat("plan", "tiny.yaml"),
            ExitCode.Planning,
            "noise/symmetric is in two plugins",
            "sat.noise",
            "mine",
            "plugin remove PACKAGE"
        );

        var doctor = await workshop.Sat("doctor");
        Assert.Contains("libtorch", doctor.Out, "the rest is checked");
        Assert.Contains("noise/symmetric is in two plugins", doctor.Out);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "remove", "mine")).ExitCode);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);
    }

    [TestMethod]
    public async Task Names_that_no_plugin_has_are_told_with_the_nearest()
    {
        using var workshop = new Workshop();
        Told.InOneSentence(
            await workshop.Sat("plugin", "show", "smal-conv"),
            ExitCode.Planning,
            "unknown component 'smal-conv'. Did you mean 'small-conv'?",
            "'dotnet sat plugin list'"
        );
        Told.InOneSentence(
            await workshop.Sat("plugin", "remove", "sat.supervised"),
            ExitCode.Planning,
            "no plugin 'sat.supervised' was added",
            "the built-in ones are there, and they stay"
        );
        Told.InOneSentence(
            await workshop.Sat("plugin", "remove", "../work"),
            ExitCode.Planning,
            "'../work' is not a package id",
            "letters, digits"
        );
        Told.InOneSentence(await workshop.Sat("plugin", "ad", "x"), ExitCode.Planning, "unknown command 'ad'. Did you mean 'add'?");
    }

    /// <summary>A plugin's folder with a fault.</summary>
    private static string Faulty(Workshop workshop, string fault)
    {
        var folder = Path.Combine(workshop.Folder, "plugin");
        if (fault == "no folder")
            return folder;
        if (fault == "nothing")
            return Directory.CreateDirectory(folder).FullName;
        if (fault is "ThrowsInConstructor" or "ThrowsInRegister" or "DuplicateId")
        {
            // Its build could not ask it for a manifest: this one is of somebody who wrote it by hand.
            Folders.Copy(Places.Bin(fault), folder);
            var written = JsonNode.Parse(File.ReadAllText(Path.Combine(Places.Bin("NeedsPackage"), Manifest)))!;
            written["package"] = "stranger.odd";
            written["assembly"] = fault + ".dll";
            written["components"]![0]!["id"] = "odd";
            File.WriteAllText(Path.Combine(folder, Manifest), written.ToJsonString());
            return folder;
        }

        Folders.Copy(Places.Bin("Stranger"), folder);
        var (assembly, manifest) = (Path.Combine(folder, "Stranger.dll"), Path.Combine(folder, Manifest));
        switch (fault)
        {
            case "a text":
                File.WriteAllText(assembly, "I am a text.");
                break;
            case "a half":
                File.WriteAllBytes(assembly, File.ReadAllBytes(assembly)[..2000]);
                break;
            case "a native library":
                File.WriteAllBytes(assembly, [0x7f, .. "ELF"u8, 2, 1, 1, .. new byte[2000]]);
                break;
            case "no assembly":
                File.Delete(assembly);
                break;
            case "a newer contract":
                References.ChangeContract(assembly, 7);
                break;
            case "a manifest of a newer contract":
                Change(manifest, "\"contract\": 1", "\"contract\": 7");
                break;
            case "half a manifest":
                File.WriteAllText(manifest, File.ReadAllText(manifest)[..100]);
                break;
            case "an empty manifest":
                File.WriteAllText(manifest, "");
                break;
            case "another manifest":
                Change(manifest, "\"smoothing\"", "\"smoothness\"");
                break;
            case "no manifest":
                File.Delete(manifest);
                break;
            case "the tool's own library":
                File.Copy(Path.Combine(Places.Bin("dotnet-sat"), "TorchSharp.dll"), Path.Combine(folder, "TorchSharp.dll"));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault");
        }
        return folder;
    }

    private static void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(from, text);
        File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
    }
}
