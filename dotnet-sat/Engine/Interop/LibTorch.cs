using System.Runtime.InteropServices;
using System.Runtime.Loader;
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

    // OpenMP first: macOS' libtorch asks for it in a folder of Homebrew's, and takes one of that name that is loaded already. The rest of
    // it is found from beside LibTorchSharp, by that library's own search path, which the parts have not.
    private static readonly string[] InOrder = OperatingSystem.IsMacOS()
        ? ["omp", "LibTorchSharp", "torch_cpu"]
        : ["gomp", "iomp5md", "c10", "torch_cpu", "torch", "LibTorchSharp"];

    private static readonly Dictionary<string, nint> Loaded = new(StringComparer.Ordinal);
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

    /// <summary>Refuses where libtorch cannot be loaded for a plain reason, without loading it.</summary>
    /// <exception cref="SatException">There is none, or none for this platform (exit code 5).</exception>
    public static void Require()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } && Platform.Current.Refusal is { } refusal)
            throw new SatException(ExitCode.Environment, refusal) { ConcernsEveryRun = true };
        var folder = Folder();
        if (!Files(folder, "LibTorchSharp").Any())
            throw new SatException(ExitCode.Environment, $"there is no LibTorchSharp in {folder}. Install the tool again, or set {Variable} to a folder that has it.") { ConcernsEveryRun = true };
    }

    /// <summary>Loads libtorch, once.</summary>
    /// <exception cref="SatException">It is missing or does not load here (exit code 5).</exception>
    public static void Load()
    {
        if (_loadedFrom is not null)
            return;
        // Before the first use of torch: TorchSharp's own search would copy libtorch about and print to standard output.
        Require();
        var folder = Folder();
        try
        {
            foreach (var name in InOrder)
            {
                foreach (var library in Files(folder, name))
                    Loaded[name] = NativeLibrary.Load(library);
            }
            // Where a library that is loaded is not found by its bare name (macOS), TorchSharp gets it from here.
            AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += (_, name) => Loaded.GetValueOrDefault(name);
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or NotSupportedException or TypeInitializationException)
        {
            // .NET's message ends with the loader's own, after lines of advice to programmers.
            var reason = (e.InnerException ?? e).Message.Trim().Split('\n')[^1].Trim().TrimEnd('.');
            throw new SatException(ExitCode.Environment, $"libtorch does not load from {folder}: {reason}. {Advice}", inner: e) { ConcernsEveryRun = true };
        }
        _loadedFrom = folder;
    }

    /// <summary>The address of a function that the libraries export; 0: none does.</summary>
    internal static nint Export(string symbol)
    {
        foreach (var library in Loaded.Values)
        {
            if (NativeLibrary.TryGetExport(library, symbol, out var address))
                return address;
        }
        return 0;
    }

    private static string Advice => OperatingSystem.IsWindows()
        ? "It needs Microsoft's Visual C++ Redistributable (x64)."
        : "'dotnet sat doctor' says what is missing.";

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
