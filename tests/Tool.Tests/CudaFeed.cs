using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Sat.Tool.Tests;

/// <summary>
/// A folder of packages with the structure of TorchSharp's own for CUDA: one that depends on one that depends on the parts, of which two
/// hold a library that is cut up. What they hold is the CPU's libtorch, so that what is installed really computes.
/// </summary>
internal static class CudaFeed
{
    public const string LibTorch = "libtorch-cuda-12.8-linux-x64",
        Head = "TorchSharp-cuda-linux";

    private const string Native = "runtimes/linux-x64/native",
        Fragments = "fragments/linux-x64/native";

    /// <summary>The tool's own libtorch.</summary>
    public static string Own { get; } = Path.GetFullPath(Path.Combine(Places.Bin("dotnet-sat"), "..", "..", "..", "native", "linux-x64"));

    /// <summary>Makes the packages.</summary>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="version">Version of TorchSharp.</param>
    /// <param name="damaged">Whether a byte of the cut library is another than its checksum says.</param>
    /// <param name="computes">Whether the libraries are libtorch, and not a few bytes each.</param>
    /// <param name="padding">Bytes by which each library is longer, to tell the end of a package from all of it.</param>
    public static void Make(string folder, string version = "0.107.0", bool damaged = false, bool computes = false, int padding = 0)
    {
        Directory.CreateDirectory(folder);
        byte[] Library(string name) =>
            computes
                ? File.ReadAllBytes(Directory.GetFiles(Own, name).Single())
                : [.. Encoding.ASCII.GetBytes($"stand-in for {name}"), .. new byte[padding]];
        // Without symbols of its own: it loads wherever libtorch is.
        var empty = computes ? Library("libtorch.so") : [1, 2, 3];
        Package(folder, Head, version, [("TorchSharp", version), (LibTorch, "2.10.0")], []);
        Package(
            folder,
            LibTorch,
            "2.10.0",
            [.. new[] { "part1", "part2-primary", "part2-fragment1", "part2-fragment2" }.Select(p => ($"{LibTorch}-{p}", "2.10.0"))],
            []
        );
        Package(
            folder,
            $"{LibTorch}-part1",
            "2.10.0",
            [],
            [
                ($"{Native}/libc10.so", Library("libc10.so")),
                ($"{Native}/libtorch.so", Library("libtorch.so")),
                ($"{Native}/libtorch_cuda.so", empty),
                ($"{Native}/libc10_cuda.so", empty),
                .. computes
                    ? [($"{Native}/{Path.GetFileName(Directory.GetFiles(Own, "libgomp-*").Single())}", Library("libgomp-*"))]
                    : Array.Empty<(string, byte[])>(),
                ($"{Native}/libtorch_python.so", [9]),
            ]
        );
        var whole = Library("libtorch_cpu.so");
        var (first, second) = (whole.Length / 3, whole.Length / 2);
        var sum = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(whole)));
        if (damaged)
            whole[^1]++;
        Package(
            folder,
            $"{LibTorch}-part2-primary",
            "2.10.0",
            [],
            [
                ($"{Native}/libtorch_cpu.so", whole[..first]),
                ($"{Native}/libtorch_cpu.so.sha", sum),
                // Theirs put the library together within NuGet's folder: no build of ours may do so.
                (
                    $"buildTransitive/netstandard2.0/{LibTorch}-part2-primary.targets",
                    """<Project InitialTargets="Join"><Target Name="Join"><Error Text="the package's own targets ran" /></Target></Project>"""u8.ToArray()
                ),
            ]
        );
        Package(folder, $"{LibTorch}-part2-fragment1", "2.10.0", [], [($"{Fragments}/libtorch_cpu.so.fragment1", whole[first..second])]);
        Package(folder, $"{LibTorch}-part2-fragment2", "2.10.0", [], [($"{Fragments}/libtorch_cpu.so.fragment2", whole[second..])]);
    }

    private static void Package(
        string folder,
        string id,
        string version,
        (string Id, string Version)[] dependencies,
        (string Path, byte[] Content)[] files
    )
    {
        using var archive = ZipFile.Open(Path.Combine(folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        var needs = string.Concat(dependencies.Select(d => $"""<dependency id="{d.Id}" version="{d.Version}" />"""));
        Add(
            $"{id}.nuspec",
            Encoding.UTF8.GetBytes(
                $"""
                <?xml version="1.0" encoding="utf-8"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                  <id>{id}</id><version>{version}</version><authors>tests</authors><description>A stand-in.</description>
                  <dependencies><group targetFramework=".NETStandard2.0">{needs}</group></dependencies>
                </metadata></package>
                """
            )
        );
        foreach (var (path, content) in files)
            Add(path, content);

        void Add(string path, byte[] content)
        {
            using var entry = archive.CreateEntry(path, CompressionLevel.NoCompression).Open();
            entry.Write(content);
        }
    }
}
