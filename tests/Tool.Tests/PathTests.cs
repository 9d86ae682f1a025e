using System.IO.Compression;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Spaces, quotes, brackets and letters beyond ASCII in every path that the tool is given.</summary>
[TestClass]
public sealed class PathTests
{
    private const string Odd = "Ünï côdé (1) 漢字 'quote'";

    [TestMethod]
    public async Task A_tilde_that_no_shell_expanded_is_the_home_folder()
    {
        using var workshop = new Workshop();
        workshop.Variables["HOME"] = Directory.CreateDirectory(Path.Combine(workshop.Root, "user")).FullName;
        File.Move(workshop.WriteStudy("seed: [1]"), Path.Combine(workshop.Root, "user", "tiny.yaml"));
        var sweep = await workshop.Sat("sweep", "~/tiny.yaml", "--threads", "1", "--out=~/runs");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.AreEqual(Path.Combine(workshop.Root, "user", "runs", "report.html"), sweep.LastLine);
        Assert.IsEmpty(Directory.GetFileSystemEntries(workshop.Folder, "~*"));
    }

    [TestMethod]
    public async Task Studies_data_outputs_plugins_and_the_state_folder_lie_in_odd_folders()
    {
        using var workshop = new Workshop(Odd);
        workshop.WriteStudy("method: [ { id: label-smoothing } ]", name: "tiny");
        var study = $"Stüdie {Odd}.yaml";
        File.Move(Path.Combine(workshop.Folder, "tiny.yaml"), Path.Combine(workshop.Folder, study));
        var plugin = Path.Combine(workshop.Folder, $"Plüg in {Odd}");
        Copy(Places.Bin("Stranger"), plugin);
        var data = Path.Combine(workshop.Folder, $"Dätä {Odd}.npz");
        WriteArrays(data);
        string[] given =
        [
            "--out",
            $"Aus gabe {Odd}",
            "--data",
            $"Da ten {Odd}",
            "--set",
            "dataset=npz",
            "--set",
            $"dataset.path={Path.GetFileName(data)}",
            "--plugin",
            Path.GetFileName(plugin),
        ];

        var sweep = await workshop.Sat(["sweep", study, "--threads", "1", .. given]);
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.AreEqual(Path.Combine(workshop.Folder, $"Aus gabe {Odd}", "report.html"), sweep.LastLine);
        var run = workshop.Run($"Aus gabe {Odd}", workshop.Plan($"Aus gabe {Odd}").Runs.Single().Id);
        Assert.AreEqual(RunStatus.Done, run.ReadRecord()!.Status);
        Assert.Contains("1 run, 1 done", (await workshop.Sat(["plan", study, .. given])).Out);

        var repeat = await workshop.Sat(
            "run",
            "--spec",
            Path.GetRelativePath(workshop.Folder, run.RequestFile),
            "--out",
            $"noch mal {Odd}",
            "--threads",
            "1",
            "--plugin",
            plugin
        );
        Assert.AreEqual(ExitCode.Fine, repeat.ExitCode, repeat.Error);
        CollectionAssert.AreEqual(
            await File.ReadAllBytesAsync(run.MetricsFile),
            await File.ReadAllBytesAsync(new RunFolder(repeat.LastLine).MetricsFile)
        );

        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "add", plugin)).ExitCode);
        Assert.Contains(
            workshop.Home,
            (await workshop.Sat("plugin", "show", "label-smoothing", "--json")).Out.Replace("\\u0027", "'", StringComparison.Ordinal)
        );
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "remove", "stranger.smoothing")).ExitCode);

        var init = await workshop.Sat("init", $"neu {Odd}.yaml");
        Assert.AreEqual(Path.Combine(workshop.Folder, $"neu {Odd}.yaml"), init.LastLine);
        Assert.Contains($"'dotnet sat plan \"neu {Odd}.yaml\"' lists its runs", init.Error);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", $"neu {Odd}.yaml")).ExitCode);
    }

    [TestMethod]
    public async Task The_tool_and_its_libtorch_lie_in_odd_folders()
    {
        using var workshop = new Workshop(Odd);
        workshop.WriteStudy("seed: [1]");
        var tool = Path.Combine(workshop.Root, "das Werkzeug");
        Copy(Places.Bin("dotnet-sat"), tool);
        // The folder that an installed tool has; a build shares one, half a gigabyte large.
        Directory.CreateSymbolicLink(
            Path.Combine(tool, "native"),
            Path.GetFullPath(Path.Combine(Places.Bin("dotnet-sat"), "..", "..", "..", "native", "linux-x64"))
        );
        workshop.Program = ["dotnet", Path.Combine(tool, "dotnet-sat.dll")];

        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains($"loaded from {Path.Combine(tool, "native")}", (await workshop.Sat("doctor")).Out);
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

    private static void WriteArrays(string path)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (part, count) in new[] { ("train", 32), ("test", 16) })
        {
            Add($"x_{part}", s => Npy.Write<byte>(s, [.. Enumerable.Range(0, count * 64).Select(i => (byte)i)], count, 8, 8));
            Add($"y_{part}", s => Npy.Write<long>(s, [.. Enumerable.Range(0, count).Select(i => (long)(i % 2))], count));
        }

        void Add(string name, Action<Stream> write)
        {
            using var stream = archive.CreateEntry(name + ".npy").Open();
            using var memory = new MemoryStream();
            write(memory);
            stream.Write(memory.ToArray());
        }
    }
}
