using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Runs;

namespace Sat.Hosting;

/// <summary>The plugins that a user added, a folder a package beneath <see cref="SatHome.Plugins"/>.</summary>
public sealed class PluginStore(SatHome home)
{
    private const string OwnHome = "Set SAT_HOME to a folder of your own";

    /// <summary>Copies a plugin's folder in, after trying to load it; an older version of the package is replaced.</summary>
    /// <param name="path">The folder, or the plugin's assembly in it.</param>
    /// <param name="present">The components at hand: another plugin's are not to be added again.</param>
    /// <exception cref="SatException">It is no plugin, does not load, or has a component that another plugin has, is in use, or its folder
    /// holds what is no plugin's (exit code 5).</exception>
    public PluginManifest Add(string path, ComponentCatalog? present = null)
    {
        var folder = Path.GetFullPath(File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path);
        if (!Directory.Exists(folder))
            throw new SatException(
                ExitCode.Environment,
                $"there is no folder {folder}: give the folder that the plugin was built or published into"
            );
        var manifest = PluginManifest.Read(folder);
        var target = Folder(manifest.Package);
        var files = PluginFolder.Files(folder);
        PluginAssembly.Load(folder, manifest);
        if (manifest.Components.SelectMany(c => present?.Claims(c.Kind, c.Id) ?? []).FirstOrDefault(e => e.Folder != target) is { } other)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{other.Schema.Name} is in both {manifest.Package} and {other.Manifest.Package} ({other.Folder}), so the plugin was not added: give the component another id."
            );
        }

        RequireUnused(manifest.Package, target, "replaced");
        var beside = Beside(manifest.Package);
        try
        {
            Clear(beside);
            foreach (var file in files)
            {
                var copy = Path.Combine(beside, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
            Clear(target);
            Directory.Move(beside, target);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(target, e, "install into", OwnHome);
        }
        return manifest;
    }

    /// <summary>Removes a package that was added.</summary>
    /// <exception cref="SatException">There is none of that id (exit code 2), or it is in use or its folder cannot be removed (exit code
    /// 5).</exception>
    public void Remove(string package)
    {
        var folder = Folder(package);
        if (!Directory.Exists(folder))
        {
            var added = Directory.Exists(home.Plugins)
                ? Directory
                    .EnumerateDirectories(home.Plugins)
                    .Select(d => Path.GetFileName(d))
                    .Where(d => !d.StartsWith('.'))
                    .Order(StringComparer.Ordinal)
                    .ToArray()
                : [];
            throw new SatException(
                ExitCode.Planning,
                $"no plugin '{package}' was added.{NearestName.Hint(package, added)} "
                    + (added.Length == 0 ? "Only the built-in ones are there, and they stay." : $"Added: {string.Join(", ", added)}.")
            );
        }
        RequireUnused(package, folder, "removed");
        try
        {
            Clear(Beside(package));
            // In one step: half a plugin is none.
            Directory.Move(folder, Beside(package));
            Clear(Beside(package));
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder, e, "remove", OwnHome);
        }
    }

    /// <summary>Workers that a sweep starts later must find the plugin that its runs were planned with.</summary>
    private static void RequireUnused(string package, string folder, string done)
    {
        if (PluginUse.Is(folder))
            throw new SatException(
                ExitCode.Environment,
                $"the plugin {package} is in use by runs in progress, so it was not {done}: wait until they end, or stop them"
            );
    }

    /// <summary>A name that no package can have: <see cref="PluginHost"/> passes over it.</summary>
    private string Beside(string package) => Path.Combine(home.Plugins, "." + package);

    private string Folder(string package)
    {
        if (!PluginManifest.IsPackageId(package))
            throw new SatException(ExitCode.Planning, $"'{package}' is not a package id: {PluginManifest.PackageIds}");
        return Path.Combine(home.Plugins, package);
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
