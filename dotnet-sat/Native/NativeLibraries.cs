namespace Sat.Native;

/// <summary>Which files of the packages a program needs that computes on the CPU.</summary>
public static class NativeLibraries
{
    /// <summary>TorchSharp's own library, the one that is made portable.</summary>
    public const string LinuxTorchSharp = "libLibTorchSharp.so";

    static readonly string[] Linux = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    // Python's bindings, tests, and the parts that only Python programs load.
    static readonly string[] DeadWeight =
        ["torch_python", "_test", "jitbackend", "backend_with_compiler", "nnapi_backend", "aoti_custom_ops", "torch_global_deps", "shm"];

    static readonly string[] Endings = [".dll", ".dylib", ".so"];

    public static bool IsNative(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Endings.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || fileName.Contains(".so.", StringComparison.Ordinal);
    }

    public static bool IsNeeded(string rid, string fileName) =>
        IsNative(fileName) && (IsLinux(rid)
            ? fileName == LinuxTorchSharp || Linux.Contains(fileName, StringComparer.Ordinal) || IsOpenMP(fileName)
            : !DeadWeight.Any(part => fileName.Contains(part, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What is needed and not among <paramref name="fileNames"/>, in words.</summary>
    public static IEnumerable<string> Missing(string rid, IReadOnlyCollection<string> fileNames)
    {
        if (!IsLinux(rid))
            return [];
        IEnumerable<string> missing = Linux.Append(LinuxTorchSharp).Except(fileNames, StringComparer.Ordinal);
        return fileNames.Any(IsOpenMP) ? missing : missing.Append("libgomp-*.so.1");
    }

    static bool IsLinux(string rid) => rid == "linux-x64";

    static bool IsOpenMP(string fileName) => fileName.StartsWith("libgomp", StringComparison.Ordinal);
}
