using System.IO.Compression;
using System.Security.Cryptography;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Feeds;

/// <summary>
/// A plugin as a NuGet package. What can be known of it is checked before any of its code runs: its type, its hash, where its files would
/// land, whether its manifest is its own.
/// </summary>
public sealed class PluginPackage
{
    /// <summary>The type of package that <c>dotnet pack</c> gives a plugin.</summary>
    public const string PackageType = "DotnetSatPlugin";

    private const string Root = "plugin/";

    /// <summary>Letters of a licence's file that its first line is looked for in.</summary>
    private const int LongestLicenseStart = 200;

    /// <summary>The most files of a plugin.</summary>
    private const int MostFiles = 10_000;

    /// <summary>The most bytes of a plugin: 4 GiB.</summary>
    private const long MostBytes = 4L << 30;

    private readonly string _path;

    private PluginPackage(string path, NuspecReader nuspec, string license, string contentHash)
    {
        _path = path;
        Id = nuspec.GetId();
        Version = nuspec.GetVersion();
        Authors = nuspec.GetAuthors();
        License = license;
        ContentHash = contentHash;
    }

    /// <summary>The package's id.</summary>
    public string Id { get; }

    /// <summary>Its version.</summary>
    public NuGetVersion Version { get; }

    /// <summary>Who made it.</summary>
    public string Authors { get; }

    /// <summary>Its licence: an expression, a file in it with that file's first line, or an address; empty: it states none.</summary>
    public string License { get; }

    /// <summary>SHA-512 of its file, in base64.</summary>
    public string ContentHash { get; }

    /// <summary>Reads what a package says of itself.</summary>
    /// <exception cref="SatException">It is no package, or none of a plugin (exit code 5).</exception>
    public static PluginPackage Open(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            var hash = Convert.ToBase64String(SHA512.HashData(file));
            file.Position = 0;
            using var reader = new PackageArchiveReader(file);
            var nuspec = reader.NuspecReader;
            if (!nuspec.GetPackageTypes().Any(t => t.Name.Equals(PackageType, StringComparison.OrdinalIgnoreCase)))
                throw new SatException(
                    ExitCode.Environment,
                    $"the package {nuspec.GetId()} {nuspec.GetVersion()} is no plugin of dotnet-sat: plugins are packed against Sat.Sdk, which gives them the type {PackageType}."
                );
            if (nuspec.GetDependencyGroups().SelectMany(g => g.Packages).FirstOrDefault() is { } dependency)
                throw new SatException(
                    ExitCode.Environment,
                    $"the package {nuspec.GetId()} {nuspec.GetVersion()} depends on {dependency.Id}, and a plugin carries all that it needs: pack it against Sat.Sdk, which puts its libraries into the package."
                );
            return new PluginPackage(path, nuspec, LicenseOf(reader, nuspec), hash);
        }
        catch (Exception e) when (e is InvalidDataException or PackagingException or System.Xml.XmlException or ArgumentException)
        {
            throw new SatException(ExitCode.Environment, $"{path} is no NuGet package, or damaged: {e.Message.TrimEnd('.')}.", inner: e);
        }
    }

    private static string LicenseOf(PackageArchiveReader reader, NuspecReader nuspec)
    {
        if (nuspec.GetLicenseMetadata() is not { } license)
            return nuspec.GetLicenseUrl() ?? "";
        if (license.Type != LicenseType.File)
            return license.License;
        var name = license.License.Replace('\\', '/');
        if (!reader.GetFiles().Contains(name, StringComparer.Ordinal))
            return $"{name}, which the package does not have";
        using var text = new StreamReader(reader.GetStream(name));
        var buffer = new char[LongestLicenseStart];
        var start = new string(buffer, 0, text.ReadBlock(buffer));
        var line = start.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "empty";
        return $"{name} ({line})";
    }

    /// <summary>Unpacks the plugin, and checks that it is what the package says.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <returns>Its manifest.</returns>
    /// <exception cref="SatException">A file would land elsewhere, the manifest is missing or another plugin's, its native libraries are
    /// for other platforms, or the disk is full (exit code 5).</exception>
    public PluginManifest Unpack(string folder)
    {
        try
        {
            using var archive = ZipFile.OpenRead(_path);
            var entries = archive.Entries.Where(e => Name(e).StartsWith(Root, StringComparison.Ordinal)).ToArray();
            if (entries.Length > MostFiles || entries.Sum(e => e.Length) > MostBytes)
                throw Refuse($"it has more than {MostFiles} files or {ByteSize.Text(MostBytes)}");
            foreach (var entry in entries)
                Unpack(entry, folder);
        }
        catch (InvalidDataException e)
        {
            throw Refuse($"it is damaged: {e.Message.TrimEnd('.')}");
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder, e, "unpack a plugin into", "Set SAT_HOME to a folder of your own");
        }
        if (!File.Exists(Path.Combine(folder, PluginManifest.FileName)))
            throw Refuse($"it has no {Root}{PluginManifest.FileName}: pack it against Sat.Sdk, which writes it");
        var manifest = PluginManifest.Read(folder);
        if (!manifest.Package.Equals(Id, StringComparison.OrdinalIgnoreCase))
            throw Refuse($"its manifest is that of the plugin {manifest.Package}");
        if (!NuGetVersion.TryParse(manifest.Version, out var version) || version != Version)
            throw Refuse($"its manifest is that of version {manifest.Version}");
        RequirePlatform(folder);
        AtomicFile.WriteText(
            Path.Combine(folder, PluginReceipt.FileName),
            SatJson.WriteIndented(
                new PluginReceipt
                {
                    Id = Id,
                    Version = Version.ToNormalizedString(),
                    ContentHash = ContentHash,
                }
            )
        );
        return manifest;
    }

    private void Unpack(ZipArchiveEntry entry, string folder)
    {
        var name = Name(entry)[Root.Length..];
        if (name.EndsWith('/'))
            return;
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (name.Length == 0 || Path.IsPathRooted(name) || name.Contains('\\', StringComparison.Ordinal) || !FolderTree.Holds(folder, path))
            throw Refuse($"its file '{VisibleText.Line(entry.FullName)}' would land outside of the plugin's folder");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        entry.ExtractToFile(path, overwrite: false);
    }

    /// <summary>Native libraries for some platforms, and none for this one, would fail in the midst of a run.</summary>
    private void RequirePlatform(string folder)
    {
        var runtimes = Path.Combine(folder, "runtimes");
        var platforms = Directory.Exists(runtimes)
            ? Directory
                .GetDirectories(runtimes)
                .Where(r => Directory.Exists(Path.Combine(r, "native")))
                .Select(r => Path.GetFileName(r))
                .Order(StringComparer.Ordinal)
                .ToArray()
            : [];
        if (platforms.Length > 0 && !platforms.Any(IsThis))
            throw Refuse(
                $"its native libraries are for {string.Join(", ", platforms)}, and this is {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}"
            );
    }

    private static bool IsThis(string platform)
    {
        var own = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        var system =
            OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "linux";
        var architecture = own.Split('-')[^1];
        return platform == own
            || platform == "any"
            || platform == system
            || platform == $"{system}-{architecture}"
            || (!OperatingSystem.IsWindows() && (platform == "unix" || platform == $"unix-{architecture}"));
    }

    /// <summary>Packages name their files as parts of addresses.</summary>
    private static string Name(ZipArchiveEntry entry) => Uri.UnescapeDataString(entry.FullName);

    private SatException Refuse(string why) => new(ExitCode.Environment, $"the package {Id} {Version} is refused: {why}.");
}
