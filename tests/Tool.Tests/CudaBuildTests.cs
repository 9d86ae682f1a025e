using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>What a checkout builds with <c>-p:SatBackend=cuda</c>, from a folder of stand-in packages and into folders of its
/// own.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "the stand-in packages are Linux's")]
public sealed class CudaBuildTests
{
    [TestMethod]
    public async Task A_build_for_CUDA_puts_libtorch_together()
    {
        using var workshop = new Workshop();
        CudaFeed.Make(Path.Combine(workshop.Folder, "feed"), computes: true);
        var locks = Locks();

        var build = await Build(workshop, "dotnet-sat/Native", "-p:SatBackend=cuda");

        Assert.AreEqual(0, build.ExitCode, build.Out + build.Error);
        var native = Path.Combine(workshop.Root, "artifacts", "native", "linux-x64-cuda");
        Assert.AreEqual(
            "libLibTorchSharp.so libc10.so libc10_cuda.so libgomp-98b21ff3.so.1 libtorch.so libtorch_cpu.so libtorch_cuda.so",
            string.Join(' ', Directory.GetFiles(native).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Root, "artifacts", "native", "linux-x64")));
        var joined = new FileInfo(Path.Combine(native, "libtorch_cpu.so"));
        Assert.IsNull(joined.LinkTarget);
        Assert.AreEqual(Sum(Path.Combine(CudaFeed.Own, "libtorch_cpu.so")), Sum(joined.FullName));
        Assert.StartsWith(
            Path.Combine(workshop.Root, "nuget", "libtorch-cuda-12.8-linux-x64-part1"),
            new FileInfo(Path.Combine(native, "libtorch_cuda.so")).LinkTarget!
        );
        CollectionAssert.AreEquivalent(locks, Locks());

        // Back to the CPU's and again to CUDA's: neither is in the other's way, and nothing is put together twice.
        var made = joined.LastWriteTimeUtc;
        Assert.AreEqual(0, (await Build(workshop, "dotnet-sat/Native")).ExitCode);
        Assert.IsTrue(Directory.Exists(Path.Combine(workshop.Root, "artifacts", "native", "linux-x64")));
        File.Delete(Path.Combine(native, "libc10.so"));
        Assert.AreEqual(0, (await Build(workshop, "dotnet-sat/Native", "-p:SatBackend=cuda")).ExitCode);
        Assert.IsTrue(File.Exists(Path.Combine(native, "libc10.so")));
        Assert.AreEqual(made, File.GetLastWriteTimeUtc(joined.FullName));
    }

    [TestMethod]
    public async Task A_tool_built_for_CUDA_trains_with_it()
    {
        using var workshop = new Workshop();
        CudaFeed.Make(Path.Combine(workshop.Folder, "feed"), computes: true);
        // Where the packages were made everything is compiled already; no backend's libtorch is in another's folder.
        await PackedTool.SdkFeed();
        var artifacts = (await PackedTool.Get()).Artifacts;
        var native = Path.Combine(artifacts, "native", "linux-x64-cuda");
        if (Directory.Exists(native))
            Directory.Delete(native, recursive: true);

        var build = await DotNet(
            workshop,
            "build",
            "dotnet-sat/Tool",
            artifacts,
            [.. Feed(workshop), "-p:SatBackend=cuda", "-c", "Release"]
        );

        Assert.AreEqual(0, build.ExitCode, build.Out + build.Error);
        workshop.Program = ["dotnet", Path.Combine(artifacts, "bin", "dotnet-sat", "release", "dotnet-sat.dll")];
        var doctor = await workshop.Sat("doctor");
        Assert.AreEqual(ExitCode.Fine, doctor.ExitCode, doctor.Out);
        Assert.Contains("ok      back end: cuda, the tool's own, built with SatBackend=cuda\n", doctor.Out);
        Assert.Contains($"loaded from {native}\n", doctor.Out);
        Assert.MatchesRegex(@"(?m)^\* +cuda +the tool's own, built with SatBackend=cuda ", (await workshop.Sat("backend", "list")).Out);
        Assert.Contains(
            "back end cuda, the tool's own, built with SatBackend=cuda, is chosen.",
            (await workshop.Sat("backend", "use", "cuda")).Error
        );
        workshop.WriteStudy("seed: [1]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
    }

    [TestMethod]
    public async Task A_part_that_is_damaged_ends_the_build_with_its_package()
    {
        using var workshop = new Workshop();
        CudaFeed.Make(Path.Combine(workshop.Folder, "feed"), damaged: true);

        var build = await Build(workshop, "dotnet-sat/Native", "-p:SatBackend=cuda");

        Assert.AreEqual(1, build.ExitCode);
        Assert.Contains(
            "error SATNATIVE: libtorch_cpu.so, assembled from its parts, does not have the checksum that its package states. Delete ",
            build.Out
        );
        Assert.Contains(Path.Combine(workshop.Root, "nuget", "libtorch-cuda-12.8-linux-x64-part2-fragment2", "2.10.0"), build.Out);
        Assert.IsFalse(File.Exists(Path.Combine(workshop.Root, "artifacts", "native", "linux-x64-cuda.list")));
        Assert.IsEmpty(Directory.GetDirectories(Path.Combine(workshop.Root, "artifacts", "native"), ".*"));
    }

    [TestMethod]
    [DataRow(
        "build",
        "dotnet-sat/Native",
        "-p:SatBackend=gpu",
        "There is no back end 'gpu' to build with: SatBackend takes cpu, which is what a build without it has, or cuda."
    )]
    [DataRow(
        "build",
        "dotnet-sat/Native",
        "-p:SatBackend=cuda -p:SatNativeRid=osx-arm64",
        "TorchSharp has libtorch for CUDA on linux-x64 and win-x64, and this builds for osx-arm64"
    )]
    [DataRow(
        "pack",
        "dotnet-sat/Tool",
        "-p:SatBackend=cuda",
        "The tool's packages carry libtorch for the CPU: pack without SatBackend=cuda."
    )]
    public async Task What_cannot_be_built_is_told_before_anything_is_restored(string verb, string project, string properties, string error)
    {
        using var workshop = new Workshop();
        var outcome = await DotNet(workshop, verb, project, Artifacts(workshop), properties.Split(' '));
        Assert.AreEqual(1, outcome.ExitCode);
        Assert.Contains($"error SATBACKEND: {error}", outcome.Out);
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Root, "nuget")));
    }

    private static Task<Outcome> Build(Workshop workshop, string project, params string[] properties) =>
        DotNet(workshop, "build", project, Artifacts(workshop), [.. Feed(workshop), .. properties]);

    private static string Artifacts(Workshop workshop) => Path.Combine(workshop.Root, "artifacts");

    private static string[] Feed(Workshop workshop) => [$"-p:RestoreAdditionalProjectSources={Path.Combine(workshop.Folder, "feed")}"];

    /// <summary>Nothing that is built here comes into the checkout's artifacts or into NuGet's own folder, and what that has is not
    /// downloaded again.</summary>
    private static async Task<Outcome> DotNet(Workshop workshop, string verb, string project, string artifacts, string[] properties)
    {
        var assets = Path.Combine(Places.Bin(""), "..", "..", "obj", "dotnet-sat", "project.assets.json");
        var packages = JsonNode.Parse(await File.ReadAllTextAsync(assets))!["packageFolders"]!.AsObject().First().Key;
        workshop.Variables["NUGET_PACKAGES"] = Path.Combine(workshop.Root, "nuget");
        workshop.Variables["CI"] = "true";
        using var process = workshop.Start(
            [
                "dotnet",
                verb,
                project,
                "--artifacts-path",
                artifacts,
                $"-p:RestoreFallbackFolders={packages}",
                "-p:RunAnalyzers=false",
                .. properties,
                "--nologo",
                "-v",
                "q",
                "-nodeReuse:false",
            ],
            Places.Repository
        );
        return await Workshop.End(process);
    }

    private static string[] Locks() =>
        [
            .. Directory
                .GetFiles(Path.Combine(Places.Repository, "dotnet-sat"), "*.lock.json", SearchOption.AllDirectories)
                .Select(f => $"{f} {Sum(f)}"),
        ];

    private static string Sum(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
