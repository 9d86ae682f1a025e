using Sat.Records.Components;
using Sat.Records.Json;

namespace Sat.Hosting.Tests;

/// <summary>The built plugins of tests/Plugins, copied into a folder of the test's own, where it may damage them.</summary>
static class BuiltPlugin
{
    /// <summary>Copies a plugin; one that was built without a manifest gets one of no components.</summary>
    public static string CopyTo(string folder, string project)
    {
        Folders.Copy(Places.Bin(project), folder);
        if (!File.Exists(Path.Combine(folder, PluginManifest.FileName)))
            WriteManifest(
                folder,
                new PluginManifest
                {
                    Package = "stranger." + project.ToLowerInvariant(),
                    Version = "0.1.0",
                    Assembly = project + ".dll",
                    Contract = Contract.Version,
                    Components = [],
                }
            );
        return folder;
    }

    public static void WriteManifest(string folder, PluginManifest manifest) =>
        File.WriteAllText(Path.Combine(folder, PluginManifest.FileName), SatJson.WriteIndented(manifest));

    public static void ChangeManifest(string folder, Func<PluginManifest, PluginManifest> change) =>
        WriteManifest(folder, change(PluginManifest.Read(folder)));
}
