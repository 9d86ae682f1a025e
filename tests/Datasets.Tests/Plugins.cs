using Sat.Engine.Interop;
using Sat.Hosting;

namespace Sat.Datasets.Tests;

/// <summary>The plugins as a run sees them: loaded by the host, each from its own folder.</summary>
[TestClass]
public static class Plugins
{
    public static PluginHost Host { get; } =
        PluginHost.Discover(
            roots: [],
            plugins: new[] { "Sat.Datasets.Cifar", "Sat.Datasets.Stl", "Sat.Datasets.Shapes", "Sat.Datasets.Files" }.Select(Folder)
        );

    [AssemblyInitialize]
    public static void LoadLibTorch(TestContext context) => LibTorch.Load();

    private static string Folder(string project) =>
        Path.GetFullPath(
            Path.Combine((string)AppContext.GetData("Sat.Tests.Bin")!, project, (string)AppContext.GetData("Sat.Tests.Configuration")!),
            AppContext.BaseDirectory
        );
}
