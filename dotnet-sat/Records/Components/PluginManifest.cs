using System.Globalization;
using System.Text.RegularExpressions;
using Sat.Records.Json;

namespace Sat.Records.Components;

/// <summary>The file <c>sat-plugin.json</c> of a plugin package, written when the plugin is built.</summary>
public sealed partial record PluginManifest
{
    /// <summary>The file's name within the package's folder.</summary>
    public const string FileName = "sat-plugin.json";

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Package id, such as <c>sat.supervised</c>; also the name of its folder.</summary>
    public required string Package { get; init; }

    /// <summary>Package version.</summary>
    public required string Version { get; init; }

    /// <summary>The assembly with the <c>IPlugin</c>, a file name within the folder.</summary>
    public required string Assembly { get; init; }

    /// <summary>Major version of the contract (assembly <c>Sat.Sdk</c>) that it was built against.</summary>
    public required int Contract { get; init; }

    /// <summary>What it adds.</summary>
    public required IReadOnlyList<ComponentSchema> Components { get; init; }

    /// <summary>What package ids are made of, for messages.</summary>
    public const string PackageIds = "letters, digits, '.', '-' and '_'";

    /// <summary>True for a text that can name a package, and its folder.</summary>
    public static bool IsPackageId(string text) =>
        text.Length > 0 && text[0] != '.' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>True for a version as NuGet knows it: up to four numbers, then perhaps a label after '-', and metadata after '+'.</summary>
    public static bool IsVersion(string text) =>
        text is { Length: > 0 and <= 128 }
        && VersionText().Match(text) is { Success: true } match
        && match.Groups["number"].Captures.All(c => int.TryParse(c.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>Reads the manifest of a package's folder.</summary>
    /// <exception cref="SatException">It is missing or damaged (exit code 5).</exception>
    public static PluginManifest Read(string folder)
    {
        const string remedy = "Build or install the plugin again.";
        var path = Path.Combine(folder, FileName);
        var manifest = JsonFile.Read<PluginManifest>(path, remedy)
            ?? throw new SatException(
                ExitCode.Environment,
                $"{folder} is not a plugin: it has no {FileName}. Build the plugin against Sat.Sdk, which writes it."
            );
        if (!IsPackageId(manifest.Package))
            throw new SatException(
                ExitCode.Environment,
                $"the file is damaged: '{manifest.Package}' is not a package id ({PackageIds}). {remedy}",
                new SourceLocation(path)
            );
        if (!IsVersion(manifest.Version))
            throw new SatException(
                ExitCode.Environment,
                $"the file is damaged: '{manifest.Version}' is not a version, such as 0.1.0. {remedy}",
                new SourceLocation(path)
            );
        if (manifest.Assembly != Path.GetFileName(manifest.Assembly) || manifest.Assembly.Length == 0)
            throw new SatException(
                ExitCode.Environment,
                $"the file is damaged: '{manifest.Assembly}' is not a file name. {remedy}",
                new SourceLocation(path)
            );
        return manifest;
    }

    [GeneratedRegex(
        @"\A(?<number>[0-9]+)(\.(?<number>[0-9]+)){0,3}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex VersionText();
}
