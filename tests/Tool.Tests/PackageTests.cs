using System.IO.Compression;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>The tool as it is packed, installed and run by somebody who has only the packages.</summary>
[TestClass]
public sealed class PackageTests
{
    [TestMethod]
    public async Task The_packed_tool_installs_and_trains_with_the_portable_library()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("the package for linux-x64 is tried on Linux");
        using var workshop = new Workshop();
        var feed = Path.Combine(workshop.Folder, "feed");
        using var packing = workshop.Start(
            ["dotnet", "pack", "dotnet-sat/Tool", "-c", "Release", "--artifacts-path", Path.Combine(workshop.Folder, "artifacts"), "-o", feed, "--nologo", "-v", "q", "--disable-build-servers"],
            Places.Repository);
        var packed = await Workshop.End(packing);
        Assert.AreEqual(0, packed.ExitCode, packed.Out + packed.Error);

        var package = Directory.GetFiles(feed, "dotnet-sat.linux-x64.*.nupkg").Single();
        using (var archive = await ZipFile.OpenReadAsync(package))
        {
            var names = archive.Entries.Select(e => e.FullName).ToArray();
            foreach (var wanted in new[] { "README.md", "LICENSE", "THIRD-PARTY-NOTICES.md" })
                Assert.Contains(wanted, names);
            foreach (var plugin in new[] { "sat.cifar", "sat.convolutional", "sat.files", "sat.noise", "sat.representations", "sat.self-supervised", "sat.shapes", "sat.supervised", "sat.training", "sat.views" })
                Assert.IsTrue(names.Any(n => n.EndsWith($"plugins/{plugin}/sat-plugin.json", StringComparison.Ordinal)), plugin);
            Assert.IsFalse(names.Any(n => n.Contains("libtorch_python", StringComparison.Ordinal) || n.Contains("_test.so", StringComparison.Ordinal)), "dead weight");
        }
        Assert.IsLessThan(250L << 20, new FileInfo(package).Length, "public feeds limit packages to 250 MB");

        var tools = Path.Combine(workshop.Folder, "tools with space");
        using var installing = workshop.Start(["dotnet", "tool", "install", "dotnet-sat", "--add-source", feed, "--tool-path", tools], workshop.Folder);
        var installed = await Workshop.End(installing);
        Assert.AreEqual(0, installed.ExitCode, installed.Out + installed.Error);

        var library = Directory.GetFiles(tools, "libLibTorchSharp.so", SearchOption.AllDirectories).Single();
        await AssertPortable(workshop, library);
        workshop.Program = [Path.Combine(tools, "dotnet-sat")];
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("doctor")).ExitCode);
        workshop.WriteStudy("method: [ { id: erm }, { id: sat, start-epoch: 0 } ]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--jobs", "2", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.IsTrue(File.Exists(sweep.LastLine));
    }

    [TestMethod]
    public async Task The_library_of_run_and_test_is_the_portable_one()
    {
        using var workshop = new Workshop();
        // The folder that 'dotnet run' and the tests load from, as the tool itself tells it.
        var doctor = await workshop.Sat("doctor");
        var folder = doctor.Out.Split('\n').Single(l => l.Contains("loaded from", StringComparison.Ordinal)).Split("loaded from ")[1];
        await AssertPortable(workshop, Path.Combine(folder, "libLibTorchSharp.so"));
    }

    private static async Task AssertPortable(Workshop workshop, string library)
    {
        using var process = workshop.Start(["readelf", "-V", library], workshop.Folder);
        var versions = await Workshop.End(process);
        Assert.AreEqual(0, versions.ExitCode, versions.Error);
        Assert.Contains("GLIBCXX_3.4", versions.Out);
        Assert.DoesNotContain("GLIBCXX_3.4.32", versions.Out);
    }
}
