using Sat.Engine.Interop;
using Sat.Hosting;

// Live tensors are counted over the whole process, and torch's global generator is one.
[assembly: DoNotParallelize]

namespace Sat.Engine.Tests;

/// <summary>The plugins as a run sees them: loaded by the host, each from its own folder.</summary>
[TestClass]
public static class Plugins
{
    private static readonly string[] Projects =
    [
        "Sat.Datasets.Shapes", "Sat.Datasets.Files", "Sat.Methods.Supervised", "Sat.Models.Convolutional", "Sat.Noise.Standard", "Sat.Training.Standard",
    ];

    public static PluginHost Host { get; } = PluginHost.Discover(roots: [], plugins: Projects.Select(Folder));

    [AssemblyInitialize]
    public static void LoadLibTorch(TestContext context) => LibTorch.Load();

    private static string Folder(string project) =>
        Path.GetFullPath(Path.Combine((string)AppContext.GetData("Sat.Tests.Bin")!, project, (string)AppContext.GetData("Sat.Tests.Configuration")!), AppContext.BaseDirectory);
}
