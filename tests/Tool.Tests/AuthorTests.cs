using System.IO.Compression;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>An author of plugins who has the packages and nothing else: no checkout, an empty folder.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "installations are tried on Linux")]
public sealed class AuthorTests
{
    /// <summary>A folder for each kind, as people name folders, and the identifier that comes of it.</summary>
    private static readonly (string Kind, string Folder, string Name)[] Kinds =
    [
        ("method", "MyMethod", "MyMethod"),
        ("dataset", "my-dataset", "My_dataset"),
        ("model", "My.Model", "My_Model"),
        ("noise", "my noise", "My_noise"),
        ("evaluation", "my_evaluation", "My_evaluation"),
    ];

    [TestMethod]
    public async Task From_an_empty_folder_to_a_report_that_compares_a_method_of_ones_own()
    {
        using var workshop = await PackedTool.AuthorShop();
        await PackedTool.DotNet(workshop, "new", "sat-method", "-o", "LabelSmoothing");
        var folder = Path.Combine(workshop.Folder, "LabelSmoothing");
        Assert.IsLessThan(40, (await File.ReadAllLinesAsync(Path.Combine(folder, "src", "Plugin.cs"))).Length);

        var tests = await PackedTool.Run(workshop, ["dotnet", "test"], folder);
        Assert.Contains("failed: 0", tests.Out);
        Assert.Contains("succeeded: 9", tests.Out);

        var packages = Path.Combine(workshop.Folder, "packages");
        await PackedTool.Run(workshop, ["dotnet", "pack", "src", "-o", packages], folder);
        using (var package = ZipFile.OpenRead(Directory.GetFiles(packages).Single()))
        {
            Assert.AreEqual("DotnetSatPlugin", package.Nuspec().Element("packageTypes")!.Elements().Single().Attribute("name")!.Value);
            CollectionAssert.IsSubsetOf(new[] { "plugin/LabelSmoothing.dll", "plugin/sat-plugin.json" }, package.Files().ToArray());
            Assert.IsEmpty(package.Files().Where(f => f.Contains("TorchSharp", StringComparison.Ordinal)));
        }
        var search = await workshop.Sat("plugin", "search", "--source", packages);
        Assert.StartsWith("label-smoothing 0.1.0", search.Out);

        var install = await workshop.Sat("plugin", "install", "label-smoothing", "--source", packages);
        Assert.AreEqual(ExitCode.Fine, install.ExitCode, install.Error);
        Assert.Contains("label-smoothing 0.1.0: method/label-smoothing", install.Out);
        Assert.Contains("licence: MIT", install.Error);

        using var process = workshop.Start(
            [.. workshop.Program, "sweep", "study.yaml", "--threads", "1", "--set", "training.epochs=2", "--set", "seed=1"],
            folder
        );
        var sweep = await Workshop.End(process);
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        var report = await File.ReadAllTextAsync(sweep.LastLine);
        Assert.Contains("label-smoothing", report);
        Assert.Contains("erm", report);

        await CompareTwoVersions(workshop, folder, packages);
    }

    /// <summary>The author changes what the method does, says so by its revision, and sets the new version beside the old.</summary>
    private static async Task CompareTwoVersions(Workshop workshop, string folder, string packages)
    {
        var (code, project) = (Path.Combine(folder, "src", "Plugin.cs"), Path.Combine(folder, "src", "LabelSmoothing.csproj"));
        await Replace(
            code,
            "new LabelSmoothing(task, options)\n",
            "new LabelSmoothing(task, options), new ComponentDetails { Revision = 2 }\n"
        );
        await Replace(code, "label_smoothing: options.Smoothing)", "label_smoothing: options.Smoothing / 2)");
        await Replace(project, "<Version>0.1.0<", "<Version>0.2.0<");
        await PackedTool.Run(workshop, ["dotnet", "pack", "src", "-o", packages], folder);
        workshop.Write(
            "both.yaml",
            """
            name: both
            plugins: [ { id: label-smoothing, version: 0.2.0 }, { id: label-smoothing, version: 0.1.0 } ]
            defaults:
              dataset: { id: shapes, train-samples: 64, test-samples: 32 }
              model: { id: small-conv, width: 4 }
              training: { epochs: 1, batch-size: 32 }
            matrix:
              method: [ { id: label-smoothing, revision: [1, 2] } ]
            expect:
              - { metric: test-accuracy, where: { method.revision: 2 }, above: { method.revision: 1 }, because: it is newer }
            """
        );
        var plan = await workshop.Sat("plan", "both.yaml");
        Assert.AreEqual(ExitCode.Planning, plan.ExitCode);
        Assert.Contains("'dotnet sat plugin install label-smoothing --version 0.2.0 --beside'", plan.Error);
        var restore = await workshop.Sat("plugin", "restore", "both.yaml", "--source", packages);
        Assert.AreEqual(ExitCode.Fine, restore.ExitCode, restore.Error);
        var list = (await workshop.Sat("plugin", "list")).Out;
        Assert.Contains("[label-smoothing 0.2.0]", list);
        Assert.Contains("[label-smoothing 0.1.0]", list);

        var sweep = await workshop.Sat("sweep", "both.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        var runs = workshop.Plan("runs/both").Runs.Select(r => workshop.Run("runs/both", r.Id).ReadRecord()!).ToArray();
        CollectionAssert.AreEqual(new[] { 1, 2 }, runs.Select(r => r.Spec.Method.Revision).Order().ToArray());
        foreach (var run in runs)
            Assert.StartsWith($"0.{run.Spec.Method.Revision}.0 sha256:", run.Environment!.Plugins["label-smoothing"]);
        byte[][] weights = [.. workshop.Plan("runs/both").Runs.Select(r => File.ReadAllBytes(workshop.Run("runs/both", r.Id).WeightsFile))];
        Assert.IsFalse(weights[0].SequenceEqual(weights[1]), "each with the code of its version");
        var report = await File.ReadAllTextAsync(sweep.LastLine);
        Assert.Contains("label-smoothing, revision=1", report);
        Assert.Contains("label-smoothing, revision=2", report);

        // The newest is what the id means; without it the other takes its place.
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "remove", "label-smoothing@0.2.0")).ExitCode);
        Assert.Contains("label-smoothing 0.1.0, revision 1", (await workshop.Sat("plugin", "show", "label-smoothing")).Out);
        var gone = await workshop.Sat("plan", "both.yaml");
        Assert.Contains("but 0.1.0 is installed", gone.Error);
    }

    private static async Task Replace(string file, string from, string to)
    {
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains(from, text);
        await File.WriteAllTextAsync(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task A_dataset_a_model_a_noise_and_an_evaluation_pass_their_tests_and_work_together()
    {
        using var workshop = await PackedTool.AuthorShop();
        foreach (var (kind, folder, _) in Kinds)
            await PackedTool.DotNet(workshop, "new", "sat-" + kind, "-o", folder);
        workshop.Write(
            "All.slnx",
            $"<Solution>{string.Concat(Kinds.Select(k => $"<Project Path=\"{k.Folder}/src/{k.Name}.csproj\" /><Project Path=\"{k.Folder}/tests/{k.Name}.Tests.csproj\" />"))}</Solution>"
        );
        File.Copy(Path.Combine(workshop.Folder, "MyMethod", "global.json"), Path.Combine(workshop.Folder, "global.json"));
        var tests = await PackedTool.DotNet(workshop, "test", "--solution", "All.slnx");
        Assert.Contains("failed: 0", tests.Out);

        foreach (var (kind, folder, _) in Kinds)
        {
            await PackedTool.DotNet(workshop, "build", $"{folder}/src", "-t:SatInstall");
            await RequirePage(workshop, kind, folder);
        }
        workshop.Write(
            "all.yaml",
            """
            name: all
            defaults:
              dataset: { id: my-dataset, train-samples: 64, test-samples: 32 }
              model: my-model
              method: my-method
              noise: my-noise
              training: { epochs: 1, batch-size: 32 }
            evaluate: [ my-evaluation ]
            """
        );
        var sweep = await workshop.Sat("sweep", "all.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains("expected calibration error", await File.ReadAllTextAsync(sweep.LastLine));
    }

    [TestMethod]
    public async Task A_study_from_the_template_is_valid_whatever_its_folder_is_called()
    {
        using var workshop = await PackedTool.AuthorShop();
        await PackedTool.DotNet(workshop, "new", "sat-study", "-o", "My First.Study");
        var plan = await workshop.Sat("plan", "My First.Study/my-first-study.yaml");
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
    }

    [TestMethod]
    public async Task What_could_not_be_loaded_does_not_build()
    {
        using var workshop = await PackedTool.AuthorShop();
        await PackedTool.DotNet(workshop, "new", "sat-method", "-o", "MyMethod");
        var plugin = Path.Combine(workshop.Folder, "MyMethod", "src", "Plugin.cs");
        await File.WriteAllTextAsync(
            plugin,
            (await File.ReadAllTextAsync(plugin)).Replace("\"my-method\"", "\"My Method\"", StringComparison.Ordinal)
        );
        using var process = workshop.Start(["dotnet", "build", "MyMethod/src"], workshop.Folder);
        var build = await Workshop.End(process);
        Assert.AreNotEqual(0, build.ExitCode);
        Assert.MatchesRegex(@"Plugin\.cs\(\d+,\d+\): error SAT\d+: .*My Method", build.Out);
    }

    /// <summary>The page of a kind says what was done here, and its other commands work once the plugin is installed.</summary>
    private static async Task RequirePage(Workshop workshop, string kind, string folder)
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(Places.Repository, "docs", "plugins", kind + ".md"));
        string[] commands =
        [
            .. page.Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l.Split(" #")[0].Trim()).Take(6),
        ];
        Assert.StartsWith($"dotnet new sat-{kind} -o ", commands[0]);
        CollectionAssert.AreEqual(
            new[]
            {
                "dotnet test",
                "dotnet build src -t:SatInstall",
                $"dotnet sat plugin show my-{kind}",
                "dotnet sat sweep study.yaml --open",
            },
            commands[2..]
        );
        foreach (var words in new[] { new[] { "plugin", "show", "my-" + kind }, ["plan", "study.yaml", "--no-calibrate"] })
        {
            using var process = workshop.Start([.. workshop.Program, .. words], Path.Combine(workshop.Folder, folder));
            var outcome = await Workshop.End(process);
            Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);
        }
    }
}
