using System.Text.Json.Nodes;
using Sat.Hosting;
using Sat.Records.Components;

namespace Sat.Sdk.Testing;

/// <summary>A built plugin, loaded from its folder as the tool loads it, beside the tool's own plugins.</summary>
public sealed class PluginUnderTest
{
    private static readonly Lazy<PluginUnderTest> OfProject = new(() => From(BuiltFolder()));

    private PluginUnderTest(string folder)
    {
        Folder = folder;
        InstalledTool.LoadLibTorch();
        Host = PluginHost.Discover(roots: [], plugins: [.. InstalledTool.Plugins, folder]);
        Manifest = PluginManifest.Read(folder);
    }

    /// <summary>The plugin that the test project references with <c>SatPlugin="true"</c>.</summary>
    /// <exception cref="ConformanceException">It names none, or several.</exception>
    public static PluginUnderTest Built => OfProject.Value;

    /// <summary>The plugin's folder.</summary>
    public string Folder { get; }

    /// <summary>What its build wrote of it.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>Makes its components, and those of the tool's own plugins.</summary>
    public PluginHost Host { get; }

    /// <summary>Loads a plugin.</summary>
    /// <param name="folder">The folder that it was built or published into.</param>
    /// <exception cref="Records.SatException">It is no plugin, or has a component that the tool has already (exit code 5).</exception>
    public static PluginUnderTest From(string folder) => new(Path.GetFullPath(folder));

    /// <summary>A component as planning resolves it: every option with its default, but for those given.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="id">Its id, of this plugin or of the tool's own.</param>
    /// <param name="options">Option name to value.</param>
    /// <exception cref="ConformanceException">There is no such component, or an option is wrong.</exception>
    public TestedComponent Component(ComponentKind kind, string id, JsonObject? options = null) =>
        TestedComponent.From(Host, kind, id, options ?? []);

    /// <summary>Carries a run out, from its first step to its files, as the tool's worker does.</summary>
    public TrainedRun Train(RunSetup setup) => TrainedRun.Of(this, setup);

    private static string BuiltFolder()
    {
        var folders = ((string?)AppContext.GetData("Sat.Testing.Plugins") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        return folders is [var one]
            ? Path.GetFullPath(one, AppContext.BaseDirectory)
            : throw new ConformanceException(
                folders.Length == 0
                    ? "the test project names no plugin: add SatPlugin=\"true\" to its <ProjectReference> to the plugin"
                    : "the test project references several plugins: load each with PluginUnderTest.From(FOLDER)"
            );
    }
}
