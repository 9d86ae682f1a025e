using System.IO.Enumeration;

namespace Sat.Native;

/// <summary>
/// Which files of the packages a program needs that computes on the CPU: TorchSharp's own library and all that it asks for.
/// Python's bindings, tests and stubs are left out.
/// </summary>
public static class NativeLibraries
{
    /// <summary>TorchSharp's own library, the one that is made portable.</summary>
    public const string LinuxTorchSharp = "libLibTorchSharp.so";

    // A name with a star is one with a hash in it.
    static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = [LinuxTorchSharp, "libc10.so", "libtorch_cpu.so", "libtorch.so", "libgomp-*.so.1"],
        ["win-x64"] = ["LibTorchSharp.dll", "c10.dll", "torch_cpu.dll", "libiomp5md.dll"],
        ["osx-arm64"] = ["libLibTorchSharp.dylib", "libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib", "libomp.dylib"],
    };

    static readonly string[] Endings = [".dll", ".dylib", ".so"];

    public static bool IsNative(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Endings.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || fileName.Contains(".so.", StringComparison.Ordinal);
    }

    public static bool IsNeeded(string rid, string fileName) => For(rid).Any(name => Matches(name, fileName));

    /// <summary>What is needed and not among <paramref name="fileNames"/>. Where libtorch does not run, nothing is.</summary>
    public static IEnumerable<string> Missing(string rid, IReadOnlyCollection<string> fileNames) =>
        For(rid).Where(name => !fileNames.Any(file => Matches(name, file)));

    static string[] For(string rid) => Needed.GetValueOrDefault(rid, []);

    static bool Matches(string name, string fileName) => FileSystemName.MatchesSimpleExpression(name, fileName, ignoreCase: false);
}
