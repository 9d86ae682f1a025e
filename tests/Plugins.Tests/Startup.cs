using Sat.Engine.Interop;

// Weights are drawn from torch's global generator, and that is one.
[assembly: DoNotParallelize]

namespace Sat.Plugins.Tests;

[TestClass]
public static class Startup
{
    [AssemblyInitialize]
    public static void LoadLibTorch(TestContext context)
    {
        LibTorch.Load();
        // Small networks and small images: more threads only wait for each other.
        TorchSharp.torch.set_num_threads(1);
    }
}
