using Sat.Engine.Interop;
using Sat.Hosting;

// Live tensors are counted over the whole process, and torch's global generator is one.
[assembly: DoNotParallelize]

namespace Sat.Engine.Tests;

/// <summary>The plugins as a run sees them: loaded by the host, each from its own folder.</summary>
[TestClass]
public static class Plugins
{
    /// <summary>Their projects, all of <c>plugins/Methods</c>, <c>plugins/Models</c> and <c>plugins/Training</c> among them.</summary>
    public static IReadOnlyList<string> Projects { get; } = ((string)AppContext.GetData("Sat.Tests.Plugins")!).Split(',');

    public static PluginHost Host { get; } = PluginHost.Discover(roots: [], plugins: Projects.Select(Folder));

    [AssemblyInitialize]
    public static void LoadLibTorch(TestContext context) => LibTorch.Load();

    /// <summary>The folder of a built plugin.</summary>
    public static string Folder(string project) =>
        Path.GetFullPath(
            Path.Combine((string)AppContext.GetData("Sat.Tests.Bin")!, project, (string)AppContext.GetData("Sat.Tests.Configuration")!),
            AppContext.BaseDirectory
        );
}
