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

    private const string Bridge = "LibTorchSharp";

    // OpenMP first: macOS' libtorch asks for it in a folder of Homebrew's, and takes one of that name that is loaded already. The rest of
    // it is found from beside LibTorchSharp, by that library's own search path, which the parts have not. What CUDA's part needs it finds
    // by its own search path too; Windows has none for what cuDNN asks for by bare name.
    private static readonly string[] InOrder =
        OperatingSystem.IsMacOS() ? ["omp", Bridge, "torch_cpu"]
        : OperatingSystem.IsWindows() ? ["iomp5md", "c10", "torch_cpu", "c10_cuda", "nvrtc*", "cudnn*", "torch_cuda", "torch", Bridge]
        : ["gomp", "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch", Bridge];

    private static readonly Dictionary<string, nint> Loaded = new(StringComparer.Ordinal);
    private static ChosenBackend? _loaded;

    /// <summary>The folder in use; null before <see cref="Load"/>.</summary>
    public static string? LoadedFrom => _loaded?.Folder;

    /// <summary>Version and CUDA of what was loaded; null before <see cref="Load"/>.</summary>
    public static LibTorchBuild? Build { get; private set; }

    /// <summary>Refuses where libtorch cannot be loaded for a plain reason, without loading it.</summary>
    /// <returns>What would be loaded.</returns>
    /// <exception cref="SatException">There is none, or none for this platform (exit code 5).</exception>
    public static ChosenBackend Require()
    {
        var backend = ChosenBackend.Find();
        Require(backend);
        return backend;
    }

    /// <summary>Loads libtorch, once.</summary>
    /// <exception cref="SatException">It is missing or does not load here (exit code 5).</exception>
    public static void Load()
    {
        if (_loaded is not null)
            return;
        // Before the first use of torch: TorchSharp's own search would copy libtorch about and print to standard output.
        var backend = ChosenBackend.Find();
        Require(backend);
        ConvolutionKernels.Restrict();
        try
        {
            foreach (var name in InOrder)
            {
                foreach (var file in Files(FolderOf(name, backend.Folder), name))
                    Loaded[name] = NativeLibrary.Load(file);
            }
            // Where a library that is loaded is not found by its bare name (macOS), TorchSharp gets it from here.
            AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += (_, name) =>
                Loaded.GetValueOrDefault(name);
            torch.InitializeDeviceType(DeviceType.CPU);
            ConvolutionKernels.LeaveOut();
        }
        catch (Exception e)
            when (e is DllNotFoundException or BadImageFormatException or NotSupportedException or TypeInitializationException)
        {
            // .NET's message ends with the loader's own, after lines of advice to programmers.
            var reason = (e.InnerException ?? e).Message.Trim().Split('\n')[^1].Trim().TrimEnd('.');
            throw new SatException(ExitCode.Environment, $"libtorch does not load from {backend.Folder}: {reason}. {Advice}", inner: e)
            {
                ConcernsEveryRun = true,
            };
        }
        _loaded = backend;
        Build = LibTorchBuild.Read() ?? new LibTorchBuild(backend.LibTorch ?? LibTorchBuild.Expected, backend.Cuda);
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

    private static void Require(ChosenBackend backend)
    {
        if (backend.Problem is { } problem)
            throw new SatException(ExitCode.Environment, problem) { ConcernsEveryRun = true };
        // A PyTorch installation has no LibTorchSharp; the tool's own is loaded after its libraries, and binds to them.
        if (!Files(backend.Folder, Bridge).Any() && !Files(backend.Folder, "torch_cpu").Any())
            throw Missing(backend, $"neither libtorch nor {Bridge} in {backend.Folder}");
        if (!Files(FolderOf(Bridge, backend.Folder), Bridge).Any())
            throw Missing(backend, $"no {Bridge} in {backend.Folder}");
    }

    private static SatException Missing(ChosenBackend backend, string what) =>
        new(
            ExitCode.Environment,
            backend.IsUntried
                ? $"{Variable} names a folder without libtorch: there is {what}. Correct or unset it."
                : $"there is {what}. Install the tool again, or set {Variable} to a folder that has it."
        )
        {
            ConcernsEveryRun = true,
        };

    private static string FolderOf(string name, string folder) =>
        name == Bridge && !Files(folder, Bridge).Any() ? ChosenBackend.Own.Folder : folder;

    private static string Advice =>
        OperatingSystem.IsWindows()
            ? "It needs Microsoft's Visual C++ Redistributable (x64)."
            : "'dotnet sat doctor' says what is missing.";

    private static IEnumerable<string> Files(string folder, string name)
    {
        if (!Directory.Exists(folder))
            return [];
        return Directory
            .EnumerateFiles(folder)
            .Where(f =>
                Path.GetFileName(f) is var file
                && (
                    file.StartsWith($"lib{name}.", StringComparison.Ordinal)
                    || file.StartsWith($"lib{name}-", StringComparison.Ordinal)
                    || file.Equals($"{name}.dll", StringComparison.OrdinalIgnoreCase)
                    || (
                        name.EndsWith('*')
                        && file.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)
                        && file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                    )
                )
            );
    }
}
