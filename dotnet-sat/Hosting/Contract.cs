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
    private static readonly string Name = typeof(IPlugin).Assembly.GetName().Name!;

    /// <summary>The major version that this host speaks.</summary>
    public static int Version => typeof(IPlugin).Assembly.GetName().Version!.Major;

    /// <summary>The major version that an assembly was built against.</summary>
    /// <exception cref="SatException">It is no .NET assembly, or references no contract (exit code 5).</exception>
    public static int VersionOf(string assembly)
    {
        try
        {
            using var file = RegularFile.OpenRead(assembly);
            using var pe = new PEReader(file);
            if (!pe.HasMetadata)
                throw new InvalidOperationException("it has no .NET metadata");
            var metadata = pe.GetMetadataReader();
            return metadata.AssemblyReferences
                .Select(metadata.GetAssemblyReference)
                .Where(r => metadata.GetString(r.Name) == Name)
                .Select(r => (int?)r.Version.Major)
                .FirstOrDefault()
                ?? throw new SatException(ExitCode.Environment, $"{assembly} does not reference {Name}, so it holds no plugin of dotnet-sat: build the plugin against the package {Name}.");
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or OverflowException)
        {
            throw new SatException(ExitCode.Environment, $"{assembly} is no .NET assembly, or damaged: build or install the plugin again. ({e.Message})", inner: e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SatException(ExitCode.Environment, $"the plugin's assembly {assembly} is missing: build or install the plugin again.", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"the plugin assembly {assembly} cannot be read: {e.Message} Build or install the plugin again.", inner: e);
        }
    }

    /// <summary>Refuses an assembly built for another contract, and a folder that brings the host's own assemblies along.</summary>
    /// <exception cref="SatException">Either is so (exit code 5).</exception>
    public static void Require(string assembly)
    {
        var version = VersionOf(assembly);
        if (version != Version)
        {
            throw new SatException(ExitCode.Environment,
                $"{assembly} was built for contract {version} of {Name}; this tool speaks contract {Version}. {Remedy(version)}");
        }
        foreach (var own in new[] { Name, "Sat.Records", "TorchSharp" })
        {
            if (File.Exists(Path.Combine(Path.GetDirectoryName(assembly)!, own + ".dll")))
            {
                throw new SatException(ExitCode.Environment,
                    $"the plugin's folder {Path.GetDirectoryName(assembly)} carries {own}.dll, which the tool itself provides: "
                    + "reference Sat.Sdk by its package, whose settings leave it out, and build the plugin again.");
            }
        }
    }

    /// <summary>Refuses a plugin whose manifest tells of another contract.</summary>
    /// <exception cref="SatException">It does (exit code 5).</exception>
    public static void Require(PluginManifest manifest, string folder)
    {
        if (manifest.Contract != Version)
        {
            throw new SatException(ExitCode.Environment,
                $"the plugin {manifest.Package} in {folder} was built for contract {manifest.Contract}; this tool speaks contract {Version}. {Remedy(manifest.Contract)}");
        }
    }

    private static string Remedy(int version) => version > Version ? "Update dotnet-sat." : "Build the plugin against the current Sat.Sdk.";
}
