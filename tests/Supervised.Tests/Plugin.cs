using Sat.Engine.Interop;
using Sat.Hosting;

namespace Sat.Methods.Supervised.Tests;

/// <summary>The plugin as a run sees it: loaded by the host from its own folder.</summary>
[TestClass]
public static class Plugin
{
    public static PluginHost Host { get; } =
        PluginHost.Discover(
            roots: [],
            plugins: [Path.GetFullPath((string)AppContext.GetData("Sat.Tests.Plugin")!, AppContext.BaseDirectory)]
        );

    [AssemblyInitialize]
    public static void LoadLibTorch(TestContext context) => LibTorch.Load();
}
