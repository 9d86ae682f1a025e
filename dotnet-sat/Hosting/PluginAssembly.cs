using System.Reflection;
using System.Text.Json.Nodes;
using McMaster.NETCore.Plugins;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Sdk;
using TorchSharp;

namespace Sat.Hosting;

/// <summary>Loads the assembly of a plugin and asks it for its components.</summary>
public static class PluginAssembly
{
    /// <summary>Loads the plugin of a folder, which must register what its manifest lists: studies are checked against the manifest
    /// alone.</summary>
    /// <exception cref="SatException">It cannot be loaded, fails while it registers, or registers something else (exit code 5).</exception>
    public static ComponentRegistry Load(string folder, PluginManifest manifest)
    {
        Contract.Require(manifest, folder);
        PluginFolder.RequireFiles(folder);
        var registry = Load(Path.Combine(folder, manifest.Assembly));
        return SatJson.Write(registry.Components) == SatJson.Write(manifest.Components)
            ? registry
            : throw new SatException(
                ExitCode.Environment,
                $"{Path.Combine(folder, PluginManifest.FileName)} does not list the components that {manifest.Assembly} registers: build the plugin again."
            );
    }

    /// <summary>Loads and registers.</summary>
    /// <param name="path">The plugin's main assembly.</param>
    /// <exception cref="SatException">It cannot be loaded, or fails while it registers (exit code 5).</exception>
    public static ComponentRegistry Load(string path)
    {
        Contract.Require(path);
        try
        {
            var loader = PluginLoader.CreateFromAssemblyFile(
                path,
                // What the contracts are made of; every other library is the plugin's own where its folder has it, in its own version.
                sharedTypes: [typeof(IPlugin), typeof(SatException), typeof(torch), typeof(JsonNode)],
                config =>
                {
                    config.PreferSharedTypes = false;
                    config.IsLazyLoaded = true;
                    config.IsUnloadable = false;
                }
            );
            var assembly = loader.LoadDefaultAssembly();
            var types = assembly
                .GetExportedTypes()
                .Where(t => t is { IsAbstract: false, IsInterface: false } && typeof(IPlugin).IsAssignableFrom(t))
                .ToArray();
            if (types is not [var type])
            {
                throw new SatException(
                    ExitCode.Environment,
                    $"{path} must have one public class that implements IPlugin; it has {(types.Length == 0 ? "none" : string.Join(", ", types.Select(t => t.FullName)))}."
                );
            }
            var registry = new ComponentRegistry();
            ((IPlugin)Activator.CreateInstance(type)!).Register(registry);
            return registry;
        }
        catch (Exception e) when (e is not SatException)
        {
            throw Failure(path, e);
        }
    }

    /// <summary>The error of a plugin that threw, in one sentence with its cause; the trace is kept as the inner exception.</summary>
    public static SatException Failure(string who, Exception error)
    {
        while (error is TargetInvocationException { InnerException: { } inner })
            error = inner;
        var cause = error switch
        {
            ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => first.Message,
            _ when MissingLibrary.NameIn(error) is { } library =>
                $"it needs {library}, which is not in its folder: publish the plugin with its dependencies",
            _ => $"{error.GetType().Name}: {error.Message.Split(" (Parameter")[0].ReplaceLineEndings(" ")}",
        };
        return new SatException(
            ExitCode.Environment,
            $"the plugin {who} failed to load: {cause}. Fix it and build it again, or leave it out.",
            inner: error
        );
    }
}
