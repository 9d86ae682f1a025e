using Sat.Records;
using Sat.Records.Backends;

namespace Sat.Engine.Interop;

/// <summary>The libtorch that this process computes with, and why that one.</summary>
/// <param name="Name">One of <see cref="BackendNames"/>.</param>
/// <param name="Folder">Where its libraries are.</param>
/// <param name="Why">Who chose it, in a few words.</param>
public sealed record ChosenBackend(string Name, string Folder, string Why)
{
    /// <summary>Version of libtorch, as noted when it was chosen; null: nobody noted it.</summary>
    public string? LibTorch { get; init; }

    /// <summary>The CUDA that it is built for, as noted when it was chosen; null: none, or nobody noted it.</summary>
    public string? Cuda { get; init; }

    /// <summary>Why it cannot be used, with what to do: one or two sentences; null: nothing is known against it.</summary>
    public string? Problem { get; init; }

    /// <summary>True for the tool's own.</summary>
    public bool IsOwn { get; init; }

    /// <summary>True if <see cref="Interop.LibTorch.Variable"/> names it, so that nobody has tried it.</summary>
    public bool IsUntried { get; init; }

    /// <summary>True if its libraries hold libtorch's part for graphics cards.</summary>
    public bool HasCuda =>
        Directory.Exists(Folder)
        && Directory.EnumerateFiles(Folder).Any(f => Path.GetFileName(f).Contains("torch_cuda", StringComparison.Ordinal));

    /// <summary>The tool's own: the CPU's, unless it was built with <c>SatBackend=cuda</c>.</summary>
    public static ChosenBackend Own
    {
        get
        {
            // The tool package has its own; a program of a checkout is told by its build where the shared one is.
            var packed = Path.Combine(AppContext.BaseDirectory, "native");
            var folder =
                Directory.Exists(packed) || AppContext.GetData("Sat.LibTorch") is not string shared
                    ? packed
                    : Path.GetFullPath(shared, AppContext.BaseDirectory);
            var own = new ChosenBackend(BackendNames.Cpu, folder, "the tool's own") { IsOwn = true, Problem = Platform.Current.Refusal };
            return own.HasCuda ? own with { Name = BackendNames.Cuda, Why = "the tool's own, built with SatBackend=cuda" } : own;
        }
    }

    /// <summary>Finds it: that of <see cref="Interop.LibTorch.Variable"/>, else the chosen one, else the tool's own.</summary>
    /// <exception cref="SatException">The file with the choice is damaged (exit code 5).</exception>
    public static ChosenBackend Find() =>
        Find(SatHome.FromEnvironment(), Environment.GetEnvironmentVariable(Interop.LibTorch.Variable), TorchSharpBuild.Version);

    /// <summary>Finds it.</summary>
    /// <param name="home">Where the choice is kept.</param>
    /// <param name="variable">Value of <see cref="Interop.LibTorch.Variable"/>.</param>
    /// <param name="torchSharp">Version of this program's TorchSharp.</param>
    /// <exception cref="SatException">The file with the choice is damaged (exit code 5).</exception>
    public static ChosenBackend Find(SatHome home, string? variable, string torchSharp)
    {
        if (variable is { Length: > 0 })
            return new ChosenBackend(BackendNames.LibTorch, Path.GetFullPath(variable), Interop.LibTorch.Variable) { IsUntried = true };
        return BackendChoice.Read(home) switch
        {
            null => Own,
            { Folder: { } folder } choice => Used(choice, folder, torchSharp),
            _ => Installed(home, torchSharp),
        };
    }

    private static ChosenBackend Used(BackendChoice choice, string folder, string torchSharp) =>
        new(BackendNames.LibTorch, folder, "chosen by 'backend use'")
        {
            LibTorch = choice.LibTorch,
            Cuda = choice.Cuda,
            Problem =
                !Directory.Exists(folder)
                    ? $"the chosen libtorch is no longer there: {folder}. 'dotnet sat backend use cpu' goes back to the tool's own, and 'dotnet sat backend use --libtorch DIR' chooses another"
                : choice.TorchSharp != torchSharp
                    ? $"the libtorch in {folder} was chosen for TorchSharp {choice.TorchSharp}, but this tool has {torchSharp}. 'dotnet sat backend use --libtorch {folder}' checks it again, and 'dotnet sat backend use cpu' goes back to the tool's own"
                : null,
        };

    private static ChosenBackend Installed(SatHome home, string torchSharp)
    {
        var receipt = BackendReceipt.Read(home);
        return new ChosenBackend(BackendNames.Cuda, BackendReceipt.FolderOf(home), "installed by 'backend install cuda'")
        {
            LibTorch = receipt?.LibTorch,
            Cuda = receipt?.Cuda,
            Problem =
                receipt is null
                    ? $"back end cuda was chosen, but is no longer in {home.Backends}. 'dotnet sat backend install cuda' installs it again, and 'dotnet sat backend use cpu' goes back to the tool's own"
                : receipt.TorchSharp != torchSharp
                    ? $"back end cuda was installed for TorchSharp {receipt.TorchSharp}, but this tool has {torchSharp}. 'dotnet sat backend install cuda' installs the one for this tool, and 'dotnet sat backend use cpu' goes back to the tool's own"
                : null,
        };
    }
}
