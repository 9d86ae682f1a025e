using System.Runtime.InteropServices;
using Sat.Records;
using TorchSharp;

namespace Sat.Engine.Interop;

/// <summary>
/// Finds libtorch and loads it by full path, in the order of its dependencies. What TorchSharp asks for by name later is
/// then there already, so one folder serves every program, and another libtorch can be chosen at start.
/// </summary>
public static class LibTorch
{
    /// <summary>Names another folder with libtorch's libraries.</summary>
    public const string Variable = "SAT_LIBTORCH";

    private static readonly string[] InOrder = ["gomp", "c10", "torch_cpu", "torch", "LibTorchSharp"];
    private static string? _loadedFrom;

    /// <summary>The folder in use; null before <see cref="Load"/>.</summary>
    public static string? LoadedFrom => _loadedFrom;

    /// <summary>The folder that would be loaded from.</summary>
    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return Path.GetFullPath(chosen);
        // The tool package has its own; a program of a checkout is told by its build where the shared one is.
        var packed = Path.Combine(AppContext.BaseDirectory, "native");
        return Directory.Exists(packed) || AppContext.GetData("Sat.LibTorch") is not string shared
            ? packed
            : Path.GetFullPath(shared, AppContext.BaseDirectory);
    }

    /// <summary>Loads libtorch, once.</summary>
    /// <exception cref="SatException">It is missing or does not load here (exit code 5).</exception>
    public static void Load()
    {
        if (_loadedFrom is not null)
            return;
        var folder = Folder();
        // Before the first use of torch: TorchSharp's own search would copy libtorch about and print to standard output.
        if (!Files(folder, "LibTorchSharp").Any())
            throw new SatException(ExitCode.Environment, $"there is no LibTorchSharp in {folder}. Install the tool again, or set {Variable} to a folder that has it.") { ConcernsEveryRun = true };
        try
        {
            foreach (var library in InOrder.SelectMany(name => Files(folder, name)))
                NativeLibrary.Load(library);
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or NotSupportedException or TypeInitializationException)
        {
            // .NET's message ends with the loader's own, after lines of advice to programmers.
            var reason = (e.InnerException ?? e).Message.Trim().Split('\n')[^1].Trim().TrimEnd('.');
            throw new SatException(ExitCode.Environment, $"libtorch does not load from {folder}: {reason}. 'dotnet sat doctor' says what is missing.", inner: e) { ConcernsEveryRun = true };
        }
        _loadedFrom = folder;
    }

    private static IEnumerable<string> Files(string folder, string name)
    {
        if (!Directory.Exists(folder))
            return [];
        return Directory.EnumerateFiles(folder)
            .Where(f => Path.GetFileName(f) is var file
                && (file.StartsWith($"lib{name}.", StringComparison.Ordinal)
                    || file.StartsWith($"lib{name}-", StringComparison.Ordinal)
                    || file.Equals($"{name}.dll", StringComparison.OrdinalIgnoreCase)));
    }
}
