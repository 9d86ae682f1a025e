using System.Diagnostics;

namespace Sat.Native.Tests;

/// <summary>The files that these tests are about.</summary>
static class Files
{
    /// <summary>As TorchSharp's package has it.</summary>
    public static string Stock { get; } = (string)AppContext.GetData("Sat.Tests.StockLibrary")!;

    /// <summary>As the build laid it out.</summary>
    public static string Portable { get; } = Path.Combine(Preload.Folder, NativeLibraries.LinuxTorchSharp);

    /// <summary>TorchSharp's own assembly, as its package has it.</summary>
    public static string StockAssembly { get; } = (string)AppContext.GetData("Sat.Tests.StockAssembly")!;

    /// <summary>The same, as the build laid it out.</summary>
    public static string KeptAssembly { get; } = Path.Combine(Preload.Folder, "..", "TorchSharp.dll");

    public static byte[] StockBytes() => File.ReadAllBytes(Stock);

    public static IEnumerable<string> Versions(string path) => ElfImage.Parse(File.ReadAllBytes(path)).Needs.Select(need => need.Name);

    /// <summary>What a program prints on standard output, or null where the system has no such program.</summary>
    public static string? Output(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
