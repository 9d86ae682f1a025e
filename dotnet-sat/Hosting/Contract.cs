using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Files;
using Sat.Sdk;

namespace Sat.Hosting;

/// <summary>
/// The version of the contract between host and plugin. It is read from a plugin's references before anything is
/// loaded: McMaster's loader would fall through to a private copy of a newer contract and simply find no plugin.
/// </summary>
public static class Contract
{
    /// <summary>What the tool provides, and in which version.</summary>
    private static readonly Dictionary<string, Version> Shared = new[]
    {
        typeof(IPlugin).Assembly,
        typeof(SatException).Assembly,
        typeof(TorchSharp.torch).Assembly,
    }
        .Select(a => a.GetName())
        .ToDictionary(n => n.Name!, n => n.Version!);

    /// <summary>Where .NET's own libraries are.</summary>
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly string Name = typeof(IPlugin).Assembly.GetName().Name!;

    /// <summary>The major version that this host speaks.</summary>
    public static int Version => typeof(IPlugin).Assembly.GetName().Version!.Major;

    /// <summary>The major version that an assembly was built against.</summary>
    /// <exception cref="SatException">It is no .NET assembly, or references no contract (exit code 5).</exception>
    public static int VersionOf(string assembly)
    {
        return References(assembly).GetValueOrDefault(Name)?.Major
            ?? throw new SatException(
                ExitCode.Environment,
                $"{assembly} does not reference {Name}, so it contains no plugin for dotnet-sat: build the plugin against the package {Name}."
            );
    }

    /// <summary>Name to version of what an assembly was built against.</summary>
    private static Dictionary<string, Version> References(string assembly)
    {
        try
        {
            using var file = RegularFile.OpenRead(assembly);
            using var pe = new PEReader(file);
            if (!pe.HasMetadata)
                throw new InvalidOperationException("it has no .NET metadata");
            var metadata = pe.GetMetadataReader();
            return metadata
                .AssemblyReferences.Select(metadata.GetAssemblyReference)
                .GroupBy(r => metadata.GetString(r.Name))
                .ToDictionary(g => g.Key, g => g.Max(r => r.Version)!);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or OverflowException)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{assembly} is not a .NET assembly, or damaged: build or install the plugin again. ({e.Message})",
                inner: e
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SatException(
                ExitCode.Environment,
                $"the plugin's assembly {assembly} is missing: build or install the plugin again.",
                inner: e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(
                ExitCode.Environment,
                $"the plugin assembly {assembly} cannot be read: {e.Message} Build or install the plugin again.",
                inner: e
            );
        }
    }

    /// <summary>Refuses an assembly built for another contract, one whose libraries are missing, and a folder that brings the host's own
    /// assemblies along.</summary>
    /// <exception cref="SatException">It is so (exit code 5).</exception>
    public static void Require(string assembly)
    {
        var version = VersionOf(assembly);
        if (version != Version)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{assembly} was built for contract {version} of {Name}; this tool supports contract {Version}. {Remedy(version)}"
            );
        }
        var references = References(assembly);
        RequireNoNewer(assembly, references);
        RequireLibraries(assembly, references.Keys);
        foreach (var own in Shared.Keys)
        {
            if (File.Exists(Path.Combine(Path.GetDirectoryName(assembly)!, own + ".dll")))
            {
                throw new SatException(
                    ExitCode.Environment,
                    $"the plugin's folder {Path.GetDirectoryName(assembly)} contains {own}.dll, which the tool itself provides: "
                        + "reference Sat.Sdk by its package, whose settings leave it out, and build the plugin again."
                );
            }
        }
    }

    /// <summary>The tool gives plugins its own assemblies; one that was built against a newer TorchSharp would fail wherever it calls what
    /// is new.</summary>
    private static void RequireNoNewer(string assembly, Dictionary<string, Version> references)
    {
        foreach (var (name, version) in references)
        {
            if (Shared.TryGetValue(name, out var own) && version > own)
            {
                throw new SatException(
                    ExitCode.Environment,
                    $"{assembly} was built against {name} {version.ToString(3)}, but this tool has {own.ToString(3)}: build the plugin against the {name} that comes with {Name}, or update dotnet-sat."
                );
            }
        }
    }

    /// <summary>A library that is missing would be taken from the tool, in whatever version the tool happens to have.</summary>
    private static void RequireLibraries(string assembly, IEnumerable<string> references)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(assembly))!;
        if (
            references.FirstOrDefault(r =>
                !Shared.ContainsKey(r)
                && !File.Exists(Path.Combine(folder, r + ".dll"))
                && !File.Exists(Path.Combine(Framework, r + ".dll"))
            ) is
            { } missing
        )
        {
            throw new SatException(
                ExitCode.Environment,
                $"the plugin {assembly} failed to load: it needs {missing}, which is not in its folder: publish the plugin with its dependencies. Fix it and build it again, or leave it out."
            );
        }
    }

    /// <summary>Refuses a plugin whose manifest tells of another contract.</summary>
    /// <exception cref="SatException">It does (exit code 5).</exception>
    public static void Require(PluginManifest manifest, string folder)
    {
        if (manifest.Contract != Version)
        {
            throw new SatException(
                ExitCode.Environment,
                $"the plugin {manifest.Package} in {folder} was built for contract {manifest.Contract}; this tool supports contract {Version}. {Remedy(manifest.Contract)}"
            );
        }
    }

    private static string Remedy(int version) => version > Version ? "Update dotnet-sat." : "Build the plugin against the current Sat.Sdk.";
}
