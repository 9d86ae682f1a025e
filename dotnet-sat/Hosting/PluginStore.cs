using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Runs;

namespace Sat.Hosting;

/// <summary>The plugins that a user added: a folder a package beneath <see cref="SatHome.Plugins"/>, and one called
/// <c>PACKAGE@VERSION</c> for each version that is kept beside it.</summary>
public sealed class PluginStore(SatHome home)
{
    /// <summary>No package id has it.</summary>
    private const char Versioned = '@';

    private const string OwnHome = "Set SAT_HOME to a folder of your own";

    /// <summary>Copies a plugin's folder in, after trying to load it. A build of the same version is replaced by it; where there is none,
    /// the newest version of the package, or none at all (<paramref name="beside"/>).</summary>
    /// <param name="path">The folder, or the plugin's assembly in it.</param>
    /// <param name="present">The components at hand: another plugin's are not to be added again.</param>
    /// <param name="beside">True to keep every other version.</param>
    /// <exception cref="SatException">It is no plugin, does not load, or has a component that another plugin has, is in use, or its folder
    /// holds what is no plugin's (exit code 5).</exception>
    public AddedPlugin Add(string path, ComponentCatalog? present = null, bool beside = false)
    {
        var folder = Path.GetFullPath(File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path);
        if (!Directory.Exists(folder))
            throw new SatException(
                ExitCode.Environment,
                $"there is no folder {folder}: give the folder that the plugin was built or published into"
            );
        var manifest = PluginManifest.Read(folder);
        var main = Folder(manifest.Package);
        var installed = Versions(manifest.Package);
        string[] equal = [.. installed.Where(f => VersionOrder.AreEqual(VersionIn(f), manifest.Version))];
        string[] replaced =
            equal.Length > 0 || beside ? equal : [.. installed.OrderByDescending(VersionIn, VersionOrder.Ascending).Take(1)];
        var target =
            replaced.Contains(main) || !Directory.Exists(main)
                ? main
                : Path.Combine(home.Plugins, $"{manifest.Package}{Versioned}{manifest.Version}");
        var files = PluginFolder.Files(folder);
        PluginAssembly.Load(folder, manifest);
        if (
            manifest
                .Components.SelectMany(c => present?.Claims(c.Kind, c.Id) ?? [])
                .FirstOrDefault(e => !IsOf(manifest.Package, e.Folder)) is
            { } other
        )
        {
            throw new SatException(
                ExitCode.Environment,
                other.Manifest.Package == manifest.Package
                    ? $"{manifest.Package} {other.Manifest.Version} is there already ({other.Folder}), so {manifest.Version} was not added: what comes with the tool has no other version beside it."
                    : $"{other.Schema.Name} is in both {manifest.Package} and {other.Manifest.Package} ({other.Folder}), so the plugin was not added: give the component another id."
            );
        }

        foreach (var one in replaced)
            RequireUnused(manifest.Package, one, "replaced");
        string[] versions = [.. replaced.Select(VersionIn).OfType<string>().OrderDescending(VersionOrder.Ascending)];
        var workplace = Workplace(manifest.Package);
        try
        {
            Clear(workplace);
            foreach (var file in files)
            {
                var copy = Path.Combine(workplace, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
            Clear(target);
            Directory.Move(workplace, target);
            foreach (var one in replaced.Where(f => f != target))
                Clear(one);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(target, e, "install into", OwnHome);
        }
        return new(manifest, versions);
    }

    /// <summary>Removes a package that was added, in all its versions.</summary>
    /// <param name="package">Its id, or <c>PACKAGE@VERSION</c> for one that is kept beside another.</param>
    /// <exception cref="SatException">There is none of that id (exit code 2), or it is in use or its folder cannot be removed (exit code
    /// 5).</exception>
    /// <returns>The versions that were removed, the newest first.</returns>
    public IReadOnlyList<string> Remove(string package)
    {
        var at = package.IndexOf(Versioned, StringComparison.Ordinal);
        var id = at < 0 ? package : package[..at];
        string[] folders = [.. Versions(id).Where(f => at < 0 || VersionOrder.AreEqual(VersionIn(f), package[(at + 1)..]))];
        if (folders.Length == 0)
        {
            var added = Directory.Exists(home.Plugins)
                ? Directory
                    .EnumerateDirectories(home.Plugins)
                    .Select(d => Path.GetFileName(d))
                    .Where(d => !d.StartsWith('.'))
                    .Order(StringComparer.Ordinal)
                    .ToArray()
                : [];
            // Refuses what is no id at all.
            _ = Folder(id);
            throw new SatException(
                ExitCode.Planning,
                $"no plugin '{package}' was added.{NearestName.Hint(package, added)} "
                    + (added.Length == 0 ? "Only the built-in ones are there, and they stay." : $"Added: {string.Join(", ", added)}.")
            );
        }
        foreach (var folder in folders)
            RequireUnused(package, folder, "removed");
        string[] versions = [.. folders.Select(VersionIn).OfType<string>().OrderDescending(VersionOrder.Ascending)];
        foreach (var folder in folders)
        {
            try
            {
                Clear(Workplace(id));
                // In one step: half a plugin is none.
                Directory.Move(folder, Workplace(id));
                Clear(Workplace(id));
            }
            catch (Exception e) when (WriteError.Is(e))
            {
                throw WriteError.Explain(folder, e, "remove", OwnHome);
            }
        }
        return versions;
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

    /// <summary>The folders of a package's versions.</summary>
    private string[] Versions(string package) =>
        Directory.Exists(home.Plugins) ? [.. Directory.GetDirectories(home.Plugins).Where(f => IsOf(package, f))] : [];

    /// <summary>True for the folders of a package's versions.</summary>
    private bool IsOf(string package, string folder)
    {
        var name = Path.GetFileName(folder);
        return Path.GetDirectoryName(folder) == Path.GetDirectoryName(Folder(package))
            && (name == package || name.StartsWith(package + Versioned, StringComparison.Ordinal));
    }

    /// <summary>The version of an added plugin; null: its manifest cannot be read.</summary>
    private static string? VersionIn(string folder)
    {
        try
        {
            return PluginManifest.Read(folder).Version;
        }
        catch (SatException)
        {
            return null;
        }
    }

    /// <summary>A name that no package can have: <see cref="PluginHost"/> passes over it.</summary>
    private string Workplace(string package) => Path.Combine(home.Plugins, "." + package);

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
