using Sat.Engine.Interop;
using Sat.Hosting;

namespace Sat.Training.Views.Tests;

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
    public static void LoadLibTorch(TestContext context)
    {
        LibTorch.Load();
        // Small images: more threads only wait for each other.
        TorchSharp.torch.set_num_threads(1);
    }
}
