using System.Globalization;
using System.Runtime.InteropServices;

namespace Sat.Engine.Interop;

/// <summary>What a machine is to libtorch: its system, its architecture, and on Linux its C library.</summary>
/// <param name="Os"><c>linux</c>, <c>win</c>, <c>osx</c>, or another system's name.</param>
/// <param name="Architecture">Of this process: <c>x64</c>, <c>arm64</c>, ...</param>
/// <param name="Glibc">Version of glibc; null where there is none, as on Alpine (musl).</param>
public sealed record Platform(string Os, string Architecture, Version? Glibc)
{
    // That of libLibTorchSharp.so and libtorch_cpu.so.
    private static readonly Version OldestGlibc = new(2, 34);

    /// <summary>The one that this process runs on.</summary>
    public static Platform Current { get; } =
        new(
            OperatingSystem.IsLinux() ? "linux"
                : OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString().ToLower(CultureInfo.InvariantCulture),
            OperatingSystem.IsLinux() ? GlibcVersion() : null
        );

    /// <summary>Why the libtorch that comes with the tool does not run here, in a sentence; null where it does.</summary>
    public string? Refusal =>
        IsServed
            ? null
            : $"training runs on linux-x64 with glibc {OldestGlibc} or newer, win-x64 and osx-arm64, and this is {this}: "
                + $"plan and report work here, and so does training once {LibTorch.Variable} names a folder with libtorch and LibTorchSharp for it";

    private bool IsServed =>
        (Os, Architecture) switch
        {
            ("linux", "x64") => Glibc >= OldestGlibc,
            ("win", "x64") or ("osx", "arm64") => true,
            _ => false,
        };

    /// <summary>As in <c>linux-x64 with glibc 2.31</c>.</summary>
    public override string ToString() =>
        $"{Os}-{Architecture}"
        + (
            Os != "linux" ? ""
            : Glibc is null ? " without glibc (musl)"
            : $" with glibc {Glibc}"
        );

    // musl goes by the name of glibc's file, but has not this function.
    private static unsafe Version? GlibcVersion() =>
        NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "gnu_get_libc_version", out var version)
            ? Version.Parse(Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)version)())!)
            : null;
}
