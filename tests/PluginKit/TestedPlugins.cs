using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records.Components;
using Sat.Tests.Kit;

namespace Sat.Tests.PluginKit;

/// <summary>Plugins as a run sees them: found and loaded by the host, each from its own folder.</summary>
public static class TestedPlugins
{
    /// <summary>The projects of the plugins that a test project names as its <c>TestedPlugin</c>.</summary>
    public static IReadOnlyList<string> Projects { get; } = ((string?)AppContext.GetData("Sat.Tests.Plugins") ?? "").Split(',');

    /// <summary>The host of these plugins.</summary>
    public static PluginHost Host { get; } = Load(Projects.Select(Places.Bin));

    /// <summary>The components of one of them.</summary>
    public static IEnumerable<ComponentSchema> Components(string project) =>
        Host.Catalog.Entries.Where(e => e.Manifest.Assembly == project + ".dll").Select(e => e.Schema);

    /// <summary>Loads libtorch, and finds plugins; their code is loaded when a component is first created.</summary>
    /// <param name="folders">The folders that they were built into.</param>
    public static PluginHost Load(params IEnumerable<string> folders)
    {
        LibTorch.Load();
        return PluginHost.Discover(roots: [], plugins: folders);
    }
}
