using System.Runtime.InteropServices;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>The tool as somebody has it who has only the packages: got in each of the ways there are, it trains.</summary>
[TestClass]
public sealed class InstallationTests
{
    [TestMethod]
    public async Task Into_a_folder_and_the_library_that_comes_along_is_the_portable_one()
    {
        using var workshop = await Begin();
        var tools = Path.Combine(workshop.Folder, "tools with space");
        await PackedTool.DotNet(workshop, "tool", "install", "dotnet-sat", "--source", (await PackedTool.Get()).Feed, "--tool-path", tools);
        await AssertPortable(workshop, Directory.GetFiles(tools, "libLibTorchSharp.so", SearchOption.AllDirectories).Single());
        workshop.Program = [Path.Combine(tools, "dotnet-sat")];
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("doctor")).ExitCode);
        await AssertTrains(workshop);
    }

    [TestMethod]
    public async Task For_a_user_whose_SDK_is_in_an_unusual_place()
    {
        using var workshop = await Begin();
        var usual = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var unusual = Path.Combine(workshop.Home, "my own .net");
        Directory.CreateDirectory(unusual);
        // Links where the file system has them; the whole SDK is half a gigabyte.
        await PackedTool.Run(
            workshop,
            ["sh", "-c", $"cp -al '{usual}/.' '{unusual}' 2>/dev/null || cp -a '{usual}/.' '{unusual}'"],
            workshop.Folder
        );
        // No usual dotnet on the path; chmod is what an installation calls for.
        var system = Directory.CreateDirectory(Path.Combine(workshop.Home, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(system, "chmod"), "/bin/chmod");
        workshop.Variables["DOTNET_ROOT"] = unusual;
        // Of the SDK that runs the tests, which would go before.
        workshop.Variables["DOTNET_ROOT_X64"] = unusual;
        workshop.Variables["PATH"] = string.Join(':', unusual, system, Path.Combine(workshop.Home, ".dotnet", "tools"));
        var trace = Path.Combine(workshop.Home, "hosts.txt");
        var dotnet = Path.Combine(unusual, "dotnet");

        await PackedTool.Run(
            workshop,
            [dotnet, "tool", "install", "--global", "dotnet-sat", "--source", (await PackedTool.Get()).Feed],
            workshop.Folder
        );
        workshop.Program = [dotnet, "sat"];
        workshop.Variables["COREHOST_TRACE"] = "1";
        workshop.Variables["COREHOST_TRACEFILE"] = trace;
        await AssertTrains(workshop);
        var used = await File.ReadAllTextAsync(trace);
        Assert.Contains(Path.Combine(unusual, "shared"), used);
        Assert.DoesNotContain(Path.Combine(usual, "shared"), used, "a process took the runtime of the usual place");
    }

    [TestMethod]
    public async Task From_the_manifest_of_a_folder()
    {
        using var workshop = await Begin();
        await PackedTool.DotNet(workshop, "new", "tool-manifest");
        await PackedTool.DotNet(workshop, "tool", "install", "--local", "dotnet-sat", "--source", (await PackedTool.Get()).Feed);
        workshop.Program = ["dotnet", "tool", "run", "dotnet-sat"];
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("doctor")).ExitCode);
        workshop.Program = ["dotnet", "sat"];
        await AssertTrains(workshop);
    }

    [TestMethod]
    public async Task By_dnx_without_installing()
    {
        using var workshop = await Begin();
        workshop.Program = ["dotnet", "dnx", "dotnet-sat", "--yes", "--source", (await PackedTool.Get()).Feed];
        await AssertTrains(workshop);
    }

    [TestMethod]
    [DataRow("linux-arm64", "any")]
    [DataRow("osx-x64", "any")]
    [DataRow("linux-musl-x64", "linux-x64")]
    public async Task Elsewhere_it_installs_and_plans_and_only_training_is_refused(string platform, string package)
    {
        using var workshop = await Begin();
        // What the SDK takes itself to run on, which decides the package that is chosen.
        workshop.Variables["DOTNET_RUNTIME_ID"] = platform;
        var tools = Path.Combine(workshop.Folder, "tools");
        await PackedTool.DotNet(workshop, "tool", "install", "dotnet-sat", "--source", (await PackedTool.Get()).Feed, "--tool-path", tools);
        Assert.IsNotEmpty(Directory.GetDirectories(Path.Combine(tools, ".store"), $"dotnet-sat.{package}", SearchOption.AllDirectories));

        workshop.Program = [Path.Combine(tools, "dotnet-sat")];
        workshop.WriteStudy("seed: [1, 2]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);
        if (package != "any")
            return;
        var sweep = await workshop.Sat("sweep", "tiny.yaml");
        Assert.AreEqual(ExitCode.Environment, sweep.ExitCode);
        Assert.HasCount(1, sweep.Error.Trim().Split('\n'), sweep.Error);
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    public async Task The_library_of_run_and_test_is_the_portable_one_too()
    {
        using var workshop = new Workshop();
        // The folder that 'dotnet run' and the tests load from, as the tool itself tells it.
        var doctor = await workshop.Sat("doctor");
        var folder = doctor.Out.Split('\n').Single(l => l.Contains("loaded from", StringComparison.Ordinal)).Split("loaded from ")[1];
        await AssertPortable(workshop, Path.Combine(folder, "libLibTorchSharp.so"));
    }

    private static async Task<Workshop> Begin()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("installations are tried on Linux");
        var workshop = new Workshop();
        (await PackedTool.Get()).ChooseFolders(workshop);
        return workshop;
    }

    /// <summary>Trains in worker processes, from a folder that has a space in its name.</summary>
    private static async Task AssertTrains(Workshop workshop)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workshop.Folder, "my studies")).FullName;
        File.Move(workshop.WriteStudy("method: [ { id: erm }, { id: sat, start-epoch: 0 } ]"), Path.Combine(folder, "tiny.yaml"));
        using var process = workshop.Start([.. workshop.Program, "sweep", "tiny.yaml", "--jobs", "2", "--threads", "1"], folder);
        var sweep = await Workshop.End(process);
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        StringAssert.StartsWith(await File.ReadAllTextAsync(sweep.LastLine), "<!DOCTYPE html>");
    }

    private static async Task AssertPortable(Workshop workshop, string library)
    {
        var versions = await PackedTool.Run(workshop, ["readelf", "-V", library], workshop.Folder);
        Assert.Contains("GLIBCXX_3.4", versions.Out);
        Assert.DoesNotContain("GLIBCXX_3.4.32", versions.Out);
    }
}
