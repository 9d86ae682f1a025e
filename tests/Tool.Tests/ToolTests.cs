using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

[TestClass]
public sealed class ToolTests
{
    [TestMethod]
    public async Task Without_the_package_folder_its_components_are_unknown()
    {
        using var workshop = new Workshop();
        var tool = Path.Combine(workshop.Folder, "tool");
        foreach (var file in Directory.EnumerateFiles(Places.Bin("dotnet-sat"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(tool, Path.GetRelativePath(Places.Bin("dotnet-sat"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        workshop.Program = ["dotnet", Path.Combine(tool, "dotnet-sat.dll")];
        workshop.WriteStudy("method: [ { id: sat, start-epoch: 0 } ]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);

        Directory.Delete(Path.Combine(tool, "plugins", "sat.supervised"), recursive: true);
        var plan = await workshop.Sat("plan", "tiny.yaml");

        Assert.AreEqual(ExitCode.Planning, plan.ExitCode);
        Assert.Contains("unknown method 'sat'", plan.Error);
    }

    [TestMethod]
    public async Task Planning_and_reporting_load_no_libtorch()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("the loader's own log is a matter of Linux");
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        var logs = Directory.CreateDirectory(Path.Combine(workshop.Folder, "loader")).FullName;
        workshop.Variables["LD_DEBUG"] = "files";
        workshop.Variables["LD_DEBUG_OUTPUT"] = Path.Combine(logs, "log");

        bool Loads(string library)
        {
            var files = Directory.GetFiles(logs);
            Assert.IsNotEmpty(files);
            var found = files.Any(f => File.ReadAllText(f).Contains(library, StringComparison.OrdinalIgnoreCase));
            foreach (var file in files)
                File.Delete(file);
            return found;
        }

        await workshop.Sat("doctor");
        Assert.IsTrue(Loads("libtorch_cpu"), "the log would show it");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);
        Assert.IsFalse(Loads("torch"));
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("report", "runs/tiny")).ExitCode);
        Assert.IsFalse(Loads("torch"));
    }

    [TestMethod]
    public async Task Init_writes_a_study_that_plans()
    {
        using var workshop = new Workshop();
        var init = await workshop.Sat("init", "my study.yaml");
        Assert.AreEqual(Path.Combine(workshop.Folder, "my study.yaml"), init.LastLine);
        var plan = await workshop.Sat("plan", "my study.yaml", "--json");
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        Assert.HasCount(12, JsonNode.Parse(plan.Out)!["runs"]!.AsArray());
        Assert.AreEqual("my-study", (string?)JsonNode.Parse(plan.Out)!["name"]);
        Assert.AreEqual(ExitCode.Planning, (await workshop.Sat("init", "my study.yaml")).ExitCode, "an existing file is kept");
    }

    [TestMethod]
    [DataRow("plan")]
    [DataRow("sweep")]
    [DataRow("run")]
    [DataRow("report")]
    [DataRow("plugin")]
    [DataRow("data")]
    [DataRow("doctor")]
    [DataRow("demo")]
    [DataRow("init")]
    public async Task Help_has_examples(string command)
    {
        using var workshop = new Workshop();
        var help = await workshop.Sat(command, "--help");
        Assert.AreEqual(ExitCode.Fine, help.ExitCode);
        Assert.Contains("Examples:", help.Out);
        Assert.Contains($"  dotnet sat {command}", help.Out);
    }

    [TestMethod]
    public async Task A_misspelt_command_is_a_usage_error_with_the_nearest_name()
    {
        using var workshop = new Workshop();
        var outcome = await workshop.Sat("swep", "x.yaml");
        Assert.AreEqual(ExitCode.Planning, outcome.ExitCode);
        Assert.Contains("Did you mean 'sweep'?", outcome.Error);
    }

    [TestMethod]
    public async Task Doctor_finds_everything_here()
    {
        using var workshop = new Workshop();
        var doctor = await workshop.Sat("doctor", "--json");
        Assert.AreEqual(ExitCode.Fine, doctor.ExitCode, doctor.Out);
        var checks = JsonNode.Parse(doctor.Out)!["checks"]!.AsArray();
        Assert.IsTrue(checks.All(c => (bool)c!["ok"]!));
        Assert.AreEqual("absent", (string)checks.Single(c => (string?)c!["name"] == "data cifar10")!["status"]!);
        Assert.Contains("TorchSharp 0.107.0", (string)checks.Single(c => (string?)c!["name"] == "libtorch")!["finding"]!);
    }

    [TestMethod]
    public async Task Doctor_says_what_is_missing_where_libtorch_is_not()
    {
        using var workshop = new Workshop();
        workshop.Variables["SAT_LIBTORCH"] = workshop.Folder;
        var doctor = await workshop.Sat("doctor");
        Assert.AreEqual(ExitCode.Environment, doctor.ExitCode);
        Assert.Contains(
            $"MISSING libtorch: SAT_LIBTORCH names a folder without libtorch: there is neither libtorch nor LibTorchSharp in {workshop.Folder}",
            doctor.Out
        );
    }

    [TestMethod]
    public async Task The_command_that_a_report_prints_repeats_the_run()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        var id = workshop.Plan("runs/tiny").Runs[0].Id[..12];
        var command = $"dotnet sat run --spec {id}/request.json --out repeat --threads 1";
        Assert.Contains(command, await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "runs/tiny/report.html")));
        using var process = workshop.Start(
            [.. workshop.Program, .. command.Split(' ')[2..]],
            Path.Combine(workshop.Folder, "runs", "tiny")
        );
        var repeat = await Workshop.End(process);
        Assert.AreEqual(ExitCode.Fine, repeat.ExitCode, repeat.Error);
        CollectionAssert.AreEqual(
            await File.ReadAllBytesAsync(workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).MetricsFile),
            await File.ReadAllBytesAsync(Path.Combine(repeat.LastLine, "metrics.jsonl"))
        );
    }

    [TestMethod]
    public async Task A_margin_that_is_changed_after_the_first_run_is_refused()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        await File.AppendAllTextAsync(Path.Combine(workshop.Folder, "tiny.yaml"), "\nmargin: 2\n");
        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Planning, again.ExitCode);
        Assert.Contains("planned with a margin of 0.5 points, and this study has 2", again.Error.ReplaceLineEndings(" "));
    }

    [TestMethod]
    public async Task A_gate_that_is_not_met_exits_with_4()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        var report = await workshop.Sat("report", "runs/tiny", "--gate", "equivalent");
        Assert.AreEqual(ExitCode.GateNotMet, report.ExitCode);
        Assert.Contains("gate equivalent: not met", report.Error);
    }
}
