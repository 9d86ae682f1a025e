using Sat.Engine.Interop;
using Sat.Hosting;

// Weights are drawn from torch's global generator, and that is one.
[assembly: DoNotParallelize]

namespace Sat.Methods.SelfSupervised.Tests;

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
        // Networks of a few units: more threads only wait for each other.
        TorchSharp.torch.set_num_threads(1);
    }
}
