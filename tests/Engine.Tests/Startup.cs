using Sat.Engine.Interop;

// Live tensors are counted over the whole process, and torch's global generator is one.
[assembly: DoNotParallelize]

namespace Sat.Engine.Tests;

[TestClass]
public static class Startup
{
    [AssemblyInitialize]
    public static void LoadLibTorch(TestContext context) => LibTorch.Load();
}
