using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sat.Tool.Tests;

/// <summary>What is in the packages.</summary>
[TestClass]
public sealed partial class PackageTests
{
    // Public feeds take no more.
    private const long Limit = 250_000_000;

    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A"),
        EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [TestMethod]
    public async Task One_command_makes_the_package_that_is_asked_for_and_one_for_each_platform()
    {
        var packed = await PackedTool.Get();
        var nuspecs = Directory
            .GetFiles(packed.Feed)
            .Select(f =>
            {
                using var package = ZipFile.OpenRead(f);
                return package.Nuspec();
            });
        CollectionAssert.AreEquivalent(
            PackedTool.Platforms.Select(p => $"dotnet-sat.{p}: DotnetToolRidPackage").Append("dotnet-sat: DotnetTool").ToArray(),
            nuspecs
                .Select(n => $"{n.Element("id")!.Value}: {n.Element("packageTypes")!.Elements().Single().Attribute("name")!.Value}")
                .ToArray()
        );
    }

    [TestMethod]
    public async Task Unless_asked_only_the_package_of_this_platform_is_made()
    {
        using var workshop = new Workshop();
        var made = await PackedTool.Run(
            workshop,
            ["dotnet", "msbuild", "dotnet-sat/Tool", "-p:_IsPacking=true", "-getProperty:ToolPackageRuntimeIdentifiers"],
            Places.Repository
        );
        Assert.AreEqual(
            RuntimeInformation.OSArchitecture == Architecture.X64 && OperatingSystem.IsLinux() ? "linux-x64"
                : OperatingSystem.IsWindows() ? "win-x64"
                : "osx-arm64",
            made.Out.Trim()
        );
    }

    [TestMethod]
    [DataRow(
        "linux-x64",
        "native/libLibTorchSharp.so native/libc10.so native/libgomp-98b21ff3.so.1 native/libtorch.so native/libtorch_cpu.so plugins/sat.files/runtimes/linux-x64/native/libSkiaSharp.so"
    )]
    [DataRow(
        "win-x64",
        "native/LibTorchSharp.dll native/c10.dll native/libiomp5md.dll native/torch_cpu.dll plugins/sat.files/runtimes/win-x64/native/libSkiaSharp.dll"
    )]
    [DataRow(
        "osx-arm64",
        "native/libLibTorchSharp.dylib native/libc10.dylib native/libomp.dylib native/libtorch.dylib native/libtorch_cpu.dylib plugins/sat.files/runtimes/osx/native/libSkiaSharp.dylib"
    )]
    [DataRow("any", "")]
    public async Task A_platform_gets_its_own_native_libraries_and_nothing_that_is_not_used(string platform, string natives)
    {
        var packed = await PackedTool.Get();
        using var package = packed.Open(platform);
        var root = $"tools/net10.0/{platform}/";
        var files = package.Files().Where(f => f.StartsWith("tools/", StringComparison.Ordinal)).Select(f => f[root.Length..]).ToArray();
        var assemblies = files.Where(f => f.EndsWith(".dll", StringComparison.Ordinal) && IsManaged(package.Bytes(root + f))).ToArray();
        var texts = files.Where(f =>
            Path.GetFileName(f) is "DotnetToolSettings.xml" or "sat-plugin.json" or "LICENSE-LIBTORCH.txt"
            || f.EndsWith(".deps.json", StringComparison.Ordinal)
            || f.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)
        );
        CollectionAssert.AreEquivalent(
            natives.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            files.Except(assemblies).Except(texts).ToArray()
        );
        Assert.AreEqual(platform != "any", files.Contains("native/LICENSE-LIBTORCH.txt"));
        Assert.IsLessThan(Limit, new FileInfo(packed.PathOf(platform)).Length);
        CollectionAssert.AreEqual(
            await File.ReadAllBytesAsync(Path.Combine(Path.GetDirectoryName(Places.Tool)!, "TorchSharp.dll")),
            package.Bytes(root + "TorchSharp.dll"),
            "TorchSharp as the build makes it, not as its package has it"
        );

        // Nobody's platform but this one's; what a plugin shares with the host stays out of its folder.
        var shared = assemblies.Where(IsOurs).Append("TorchSharp.dll").ToHashSet();
        foreach (var inPlugin in assemblies.Where(a => a.StartsWith("plugins/", StringComparison.Ordinal)))
            Assert.DoesNotContain(Path.GetFileName(inPlugin), shared, inPlugin);
        CollectionAssert.AreEquivalent(
            BuiltInPlugins(),
            files.Where(f => Path.GetFileName(f) == "sat-plugin.json").Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)).ToArray()
        );
    }

    [TestMethod]
    [DataRow("linux-x64")]
    [DataRow("win-x64")]
    [DataRow("osx-arm64")]
    [DataRow("any")]
    public async Task Everybody_whose_work_is_carried_is_named_in_the_notices(string platform)
    {
        using var package = (await PackedTool.Get()).Open(platform);
        var notices = package.Text("THIRD-PARTY-NOTICES.md");
        var files = package.Files().Where(f => f.StartsWith("tools/", StringComparison.Ordinal)).ToArray();
        var known = new HashSet<string>();
        foreach (
            var (name, library) in files
                .Where(f => f.EndsWith(".deps.json", StringComparison.Ordinal))
                .SelectMany(f => JsonNode.Parse(package.Text(f))!["targets"]!.AsObject())
                .SelectMany(t => t.Value!.AsObject())
        )
        {
            var carried = new[] { "runtime", "native", "runtimeTargets" }
                .SelectMany(kind => library![kind]?.AsObject().Select(a => Path.GetFileName(a.Key)) ?? [])
                .ToArray();
            known.UnionWith(carried);
            if (carried.Length > 0 && !IsOurs(carried[0]))
                Assert.IsTrue(Names(notices, name.Split('/')[0]), $"{name} is not in the notices");
        }

        var libtorch = files
            .Where(f => f.Contains("/native/", StringComparison.Ordinal) && !f.Contains("/plugins/", StringComparison.Ordinal))
            .ToArray();
        foreach (var file in files.Except(libtorch).Where(f => f.EndsWith(".dll", StringComparison.Ordinal)))
            Assert.Contains(Path.GetFileName(file), known, $"no package is known that {file} comes from");
        if (libtorch.Length > 0)
        {
            Assert.IsTrue(Names(notices, $"libtorch-cpu-{platform}"));
            var openMP = Path.GetFileName(libtorch.Single(f => f.Contains("omp", StringComparison.Ordinal)));
            Assert.Contains($"`{HashInName().Replace(openMP, "-*")}`", notices);
        }
        foreach (var licence in new[] { "Apache-2.0", "GPL-3.0", "GCC-exception-3.1" })
            Assert.IsGreaterThan(1000, package.Text($"licenses/{licence}.txt").Length);
    }

    [TestMethod]
    public async Task Each_package_says_what_it_is_where_it_comes_from_and_on_what_terms()
    {
        var packed = await PackedTool.Get();
        var commit = await Commit();
        foreach (var platform in PackedTool.Platforms.Prepend(null))
        {
            using var package = packed.Open(platform);
            var nuspec = package.Nuspec();
            Assert.AreEqual("expression MIT", $"{nuspec.Element("license")!.Attribute("type")!.Value} {nuspec.Element("license")!.Value}");
            Assert.Contains("label-noise", nuspec.Element("tags")!.Value);
            Assert.Contains("TorchSharp", nuspec.Element("description")!.Value);
            Assert.AreEqual(
                Changes(package, nuspec.Element("version")!.Value),
                nuspec.Element("releaseNotes")!.Value.ReplaceLineEndings("\n")
            );
            foreach (
                var named in new[]
                {
                    nuspec.Element("readme")!.Value,
                    nuspec.Element("icon")!.Value,
                    "LICENSE",
                    "THIRD-PARTY-NOTICES.md",
                    "CHANGELOG.md",
                }
            )
                Assert.IsNotEmpty(package.Bytes(named), named);
            Assert.AreEqual((128, 128), SizeOfPng(package.Bytes(nuspec.Element("icon")!.Value)));

            var repository = nuspec.Element("repository")!;
            Assert.AreEqual(commit, repository.Attribute("commit")!.Value);
            // A clone from elsewhere tells the commit alone: an address that others cannot reach is of no use to them.
            foreach (var address in new[] { repository.Attribute("url")?.Value, nuspec.Element("projectUrl")?.Value }.OfType<string>())
                StringAssert.StartsWith(address, "https://github.com/");
        }
    }

    [TestMethod]
    [DataRow("linux-x64", true)]
    [DataRow("win-x64", true)]
    [DataRow("osx-arm64", true)]
    [DataRow("any", false)]
    public async Task Our_assemblies_carry_their_symbols_and_sources_and_on_known_platforms_native_code(string platform, bool compiled)
    {
        using var package = (await PackedTool.Get()).Open(platform);
        var ours = package.Files().Where(f => f.EndsWith(".dll", StringComparison.Ordinal) && IsOurs(Path.GetFileName(f))).ToArray();
        Assert.Contains($"tools/net10.0/{platform}/dotnet-sat.dll", ours);
        foreach (var file in ours)
        {
            using var image = new PEReader(new MemoryStream(package.Bytes(file)));
            Assert.AreEqual(compiled, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, file);
            using var symbols = Symbols(image);
            var reader = symbols.GetMetadataReader();
            Assert.IsNotEmpty(reader.Documents, file);
            foreach (var document in reader.Documents)
            {
                StringAssert.StartsWith(
                    reader.GetString(reader.GetDocument(document).Name),
                    "/_",
                    $"{file} names a folder of the machine that built it"
                );
                Assert.IsTrue(
                    reader
                        .GetCustomDebugInformation(document)
                        .Any(h => reader.GetGuid(reader.GetCustomDebugInformation(h).Kind) == EmbeddedSource),
                    file
                );
            }
        }
    }

    [TestMethod]
    public async Task Every_platform_is_started_by_the_users_own_dotnet()
    {
        var packed = await PackedTool.Get();
        foreach (var platform in PackedTool.Platforms)
        {
            using var package = packed.Open(platform);
            var command = XElement
                .Parse(package.Text($"tools/net10.0/{platform}/DotnetToolSettings.xml").TrimStart('\uFEFF'))
                .Descendants("Command")
                .Single();
            // Alpine takes the package for linux-x64: a host that is tied to glibc would not even start there, to say why it cannot train.
            Assert.AreEqual(
                "dotnet-sat dotnet-sat.dll dotnet",
                $"{command.Attribute("Name")!.Value} {command.Attribute("EntryPoint")!.Value} {command.Attribute("Runner")!.Value}"
            );
        }
    }

    [TestMethod]
    public async Task The_libraries_for_Windows_ask_for_each_other_the_system_and_the_Visual_C_runtime()
    {
        var folder = Path.Combine((await PackedTool.Get()).Natives, "win-x64");
        foreach (var file in Directory.GetFiles(folder))
        {
            var strange = NativeImports.OfWindows(file).Where(n => !File.Exists(Path.Combine(folder, n)) && !OfWindows().IsMatch(n));
            Assert.IsEmpty(strange, $"{file} asks for {string.Join(", ", strange)}");
        }
    }

    [TestMethod]
    public async Task The_libraries_for_macOS_ask_for_each_other_and_the_system()
    {
        var folder = Path.Combine((await PackedTool.Get()).Natives, "osx-arm64");
        var libraries = Directory.GetFiles(folder).Select(NativeImports.OfMacOS).ToArray();
        var names = libraries.Select(l => l.Id).ToHashSet();
        Assert.HasCount(5, names);
        foreach (var (id, asked) in libraries)
        {
            var strange = asked.Where(n =>
                !names.Contains(n)
                && !n.StartsWith("/usr/lib/", StringComparison.Ordinal)
                && !n.StartsWith("/System/", StringComparison.Ordinal)
            );
            Assert.IsEmpty(strange, $"{id} asks for {string.Join(", ", strange)}");
        }
    }

    [TestMethod]
    public async Task From_a_clone_of_a_public_repository_packages_lead_to_its_sources()
    {
        using var workshop = new Workshop();
        var clone = Path.Combine(workshop.Folder, "clone");
        foreach (
            var name in new[]
            {
                "Directory.Build.props",
                "Directory.Build.targets",
                "Directory.Packages.props",
                "global.json",
                "nuget.config",
                ".editorconfig",
            }
        )
            CopyFile(Path.Combine(Places.Repository, name), Path.Combine(clone, name));
        foreach (var file in Directory.GetFiles(Path.Combine(Places.Repository, "dotnet-sat", "Records"), "*", SearchOption.AllDirectories))
            CopyFile(file, Path.Combine(clone, Path.GetRelativePath(Places.Repository, file)));
        await File.WriteAllTextAsync(Path.Combine(clone, ".gitignore"), "artifacts/\n");
        foreach (
            var git in new[]
            {
                "init -q",
                "add .",
                "-c user.name=a -c user.email=a@example.org commit -qm first",
                "remote add origin https://github.com/example/dotnet-sat.git",
            }
        )
            await PackedTool.Run(workshop, ["git", .. git.Split(' ')], clone);
        await PackedTool.Run(
            workshop,
            ["dotnet", "pack", "dotnet-sat/Records", "-p:IsPackable=true", "-o", "out", "--nologo", "-v", "q", "-nodeReuse:false"],
            clone
        );

        using var package = await ZipFile.OpenReadAsync(Directory.GetFiles(Path.Combine(clone, "out")).Single());
        var commit = (await PackedTool.Run(workshop, ["git", "rev-parse", "HEAD"], clone)).Out.Trim();
        var repository = package.Nuspec().Element("repository")!;
        Assert.AreEqual(
            $"https://github.com/example/dotnet-sat.git {commit}",
            $"{repository.Attribute("url")!.Value} {repository.Attribute("commit")!.Value}"
        );
        using var image = new PEReader(new MemoryStream(package.Bytes("lib/net10.0/Sat.Records.dll")));
        using var symbols = Symbols(image);
        var reader = symbols.GetMetadataReader();
        var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(i => reader.GetGuid(i.Kind) == SourceLink);
        var address = (string)JsonNode.Parse(reader.GetBlobBytes(link.Value))!["documents"]!["/_/*"]!;
        Assert.AreEqual($"https://raw.githubusercontent.com/example/dotnet-sat/{commit}/*", address);
        Assert.IsTrue(reader.Documents.Any(d => reader.GetString(reader.GetDocument(d).Name) == "/_/dotnet-sat/Records/ExitCode.cs"));
    }

    private static bool IsOurs(string file) =>
        file.StartsWith("Sat.", StringComparison.Ordinal) || file.StartsWith("dotnet-sat.", StringComparison.Ordinal);

    /// <summary>Whether the notices name a package, by itself or with its family.</summary>
    private static bool Names(string notices, string id) =>
        Regex.IsMatch(notices, $@"(?<![\w.-]){Regex.Escape(id)}(?![\w.-])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
        || (
            id.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            && notices.Contains(@"Microsoft.Extensions.\*", StringComparison.Ordinal)
        );

    private static bool IsManaged(byte[] file)
    {
        using var image = new PEReader(new MemoryStream(file));
        return image.HasMetadata;
    }

    private static MetadataReaderProvider Symbols(PEReader image) =>
        image.ReadEmbeddedPortablePdbDebugDirectoryData(
            image.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
        );

    /// <summary>The names of the plugins that the repository has.</summary>
    private static string[] BuiltInPlugins() =>
        [
            .. Directory
                .GetFiles(Path.Combine(Places.Repository, "plugins"), "*.csproj", SearchOption.AllDirectories)
                .Select(f => XDocument.Load(f).Descendants("SatPlugin").Single().Value),
        ];

    /// <summary>What the changelog says of a version.</summary>
    private static string Changes(ZipArchive package, string version) =>
        package.Text("CHANGELOG.md").Split("\n## ").Select(s => s.Split('\n', 2)).Single(s => s[0] == version)[1].Trim();

    private static async Task<string> Commit()
    {
        using var workshop = new Workshop();
        return (await PackedTool.Run(workshop, ["git", "rev-parse", "HEAD"], Places.Repository)).Out.Trim();
    }

    private static (int Width, int Height) SizeOfPng(byte[] file)
    {
        Assert.AreEqual("89504E470D0A1A0A", Convert.ToHexString(file.AsSpan(0, 8)));
        return (
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)),
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20))
        );
    }

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    [GeneratedRegex("-[0-9a-f]{8}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HashInName();

    [GeneratedRegex(
        @"^(api-ms-win-crt-.*|MSVCP140|VCRUNTIME140(_1)?|KERNEL32|ADVAPI32|USER32|OLE32|WS2_32|DBGHELP|WINTRUST|IMAGEHLP)\.dll$|^(api-ms-win-crt-[a-z0-9-]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OfWindows();
}
