using System.Runtime.CompilerServices;

namespace Sat.Conformance.Tests;

static class Startup
{
    // What an author has on the path. Before the tests are listed, since the kit is asked what there is to test.
    [ModuleInitializer]
    public static void NameTheTool() =>
        Environment.SetEnvironmentVariable("SAT_TOOL", Path.Combine(Places.Bin("dotnet-sat"), "dotnet-sat"));
}
