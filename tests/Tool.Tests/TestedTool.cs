using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Sat.Tool.Tests;

/// <summary>The tool that the tests start: as it was built with them, or with <c>SAT_TEST_PACKED=1</c> as it is packed, compiled ahead,
/// which takes longer to make and less to start.</summary>
internal static class TestedTool
{
    private static readonly Lazy<string> Chosen = new(() =>
        Environment.GetEnvironmentVariable("SAT_TEST_PACKED") == "1" ? Unpack().GetAwaiter().GetResult() : Places.Tool
    );

    public static IReadOnlyList<string> Program => ["dotnet", Chosen.Value];

    private static async Task<string> Unpack()
    {
        var packed = await PackedTool.Get();
        var folder = Path.Combine(packed.Artifacts, "tested");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        using (var package = packed.Open(RuntimeInformation.RuntimeIdentifier))
            package.ExtractToDirectory(folder);
        return Directory.GetFiles(Path.Combine(folder, "tools"), "dotnet-sat.dll", SearchOption.AllDirectories).Single();
    }
}
