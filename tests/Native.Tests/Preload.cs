using System.Runtime.InteropServices;

namespace Sat.Native.Tests;

/// <summary>Loads libtorch from a folder of its own, so that TorchSharp finds it already there.</summary>
static class Preload
{
    /// <summary>From the run-time configuration; a relative path begins at the program.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(
            Environment.GetEnvironmentVariable("SAT_TESTS_LIBTORCH") ?? (string)AppContext.GetData("Sat.LibTorch")!,
            AppContext.BaseDirectory
        );

    /// <summary>In the order of their dependencies. A second call finds them loaded.</summary>
    public static void Run()
    {
        var openMP = Path.GetFileName(Directory.EnumerateFiles(Folder, "libgomp-*").Single());
        foreach (var name in (string[])[openMP, "libc10.so", "libtorch_cpu.so", "libtorch.so", NativeLibraries.LinuxTorchSharp])
            NativeLibrary.Load(Path.Combine(Folder, name));
    }
}
