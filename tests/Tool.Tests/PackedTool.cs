using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Sat.Tool.Tests;

/// <summary>The packages, made once for all tests and as a user makes them, and the ways in which a user gets the tool from them.</summary>
internal sealed class PackedTool
{
    /// <summary>The platforms that get a package, <c>any</c> for all others.</summary>
    public static readonly string[] Platforms = ["linux-x64", "win-x64", "osx-arm64", "any"];

    private static readonly Lazy<Task<PackedTool>> Once = new(Pack);
    private static readonly Lazy<Task<string>> Sdk = new(PackSdk);

    private PackedTool(string folder) => Folder = folder;

    /// <summary>The folder that the packages were made into.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>What they were built into.</summary>
    public string Artifacts => Path.Combine(Folder, "artifacts");

    /// <summary>The native folders that they were filled from.</summary>
    public string Natives => Path.Combine(Artifacts, "native");

    // What was built before is kept, as in any checkout; it is a folder of its own since the tests themselves run from the usual one.
    private string Folder { get; }

    public static Task<PackedTool> Get() => Once.Value;

    /// <summary>The folder with the packages for authors of plugins, made once for all tests.</summary>
    public static Task<string> SdkFeed() => Sdk.Value;

    /// <summary>A workshop of someone who has the packages and nothing else: the tool is installed, and so are the templates.</summary>
    public static async Task<Workshop> AuthorShop()
    {
        var workshop = new Workshop();
        var packed = await Get();
        var sdk = await SdkFeed();
        packed.ChooseFolders(workshop);
        var tools = Path.Combine(workshop.Home, "tools");
        await DotNet(workshop, "tool", "install", "dotnet-sat", "--source", packed.Feed, "--tool-path", tools);
        workshop.Program = ["dotnet", "sat"];
        workshop.Variables["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}";
        workshop.Write(
            "nuget.config",
            $"""<configuration><packageSources><add key="sdk" value="{sdk}" /></packageSources></configuration>"""
        );
        await DotNet(workshop, "new", "install", Directory.GetFiles(sdk, "Sat.Templates.*.nupkg").Single());
        return workshop;
    }

    /// <summary>Opens the package of a platform; without one, the package that points to them.</summary>
    public ZipArchive Open(string? platform = null) => ZipFile.OpenRead(PathOf(platform));

    public string PathOf(string? platform = null) =>
        Directory
            .GetFiles(Feed, platform is null ? "dotnet-sat.*.nupkg" : $"dotnet-sat.{platform}.*.nupkg")
            .Single(f => platform is not null || char.IsAsciiDigit(Path.GetFileName(f)["dotnet-sat.".Length]));

    /// <summary>An installation looks for packages here first; the user's own folder would give it those of an earlier build.</summary>
    public void ChooseFolders(Workshop workshop)
    {
        workshop.Variables["NUGET_PACKAGES"] = Path.Combine(Folder, "nuget");
        workshop.Variables["DOTNET_CLI_HOME"] = workshop.Home;
    }

    /// <summary>Runs <c>dotnet</c> in the workshop and asserts that it went well.</summary>
    public static async Task<Outcome> DotNet(Workshop workshop, params string[] arguments) =>
        await Run(workshop, ["dotnet", .. arguments], workshop.Folder);

    /// <summary>Runs a command and asserts that it went well.</summary>
    public static async Task<Outcome> Run(Workshop workshop, IReadOnlyList<string> command, string folder)
    {
        using var process = workshop.Start(command, folder);
        var outcome = await Workshop.End(process);
        Assert.AreEqual(0, outcome.ExitCode, $"{string.Join(' ', command)}\n{outcome.Out}\n{outcome.Error}");
        return outcome;
    }

    private static async Task<PackedTool> Pack()
    {
        var packed = new PackedTool(Path.GetFullPath(Path.Combine(Places.Bin(""), "..", "..", "packing")));
        foreach (var folder in new[] { packed.Feed, Path.Combine(packed.Folder, "nuget") })
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        await packed.Pack("dotnet-sat/Tool", packed.Feed, "-p:SatPlatforms=all");
        return packed;
    }

    private static async Task<string> PackSdk()
    {
        // After the tool, since both build the same rooms.
        var packed = await Get();
        var feed = Path.Combine(packed.Folder, "sdk-feed");
        if (Directory.Exists(feed))
            Directory.Delete(feed, recursive: true);
        foreach (var project in new[] { "Sdk", "Testing", "StudySdk", "Templates" })
            await packed.Pack("dotnet-sat/Packages/" + project, feed);
        return feed;
    }

    private async Task Pack(string project, string feed, params string[] arguments)
    {
        using var workshop = new Workshop();
        await Run(
            workshop,
            [
                "dotnet",
                "pack",
                project,
                "--artifacts-path",
                Artifacts,
                "-o",
                feed,
                .. arguments,
                // The build that made these tests has asked them.
                "-p:RunAnalyzers=false",
                "--nologo",
                "-v",
                "q",
                "-nodeReuse:false",
            ],
            Places.Repository
        );
    }
}

internal static class PackageReading
{
    /// <summary>Paths of the files that a package was made to carry, without those of the format itself.</summary>
    public static IReadOnlyList<string> Files(this ZipArchive package) =>
        [
            .. package
                .Entries.Select(e => e.FullName)
                .Where(n =>
                    !n.StartsWith("_rels/", StringComparison.Ordinal)
                    && !n.StartsWith("package/", StringComparison.Ordinal)
                    && n != "[Content_Types].xml"
                    && !n.EndsWith(".nuspec", StringComparison.Ordinal)
                ),
        ];

    public static string Text(this ZipArchive package, string path) => Encoding.UTF8.GetString(package.Bytes(path));

    public static byte[] Bytes(this ZipArchive package, string path)
    {
        using var stream = (package.GetEntry(path) ?? throw new AssertFailedException($"the package has no {path}")).Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The package's description of itself.</summary>
    public static XElement Nuspec(this ZipArchive package)
    {
        using var stream = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        foreach (var element in metadata.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return metadata;
    }
}
