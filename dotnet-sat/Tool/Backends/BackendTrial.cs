using System.Diagnostics;
using System.Text.Json;
using Sat.Engine.Cuda;
using Sat.Engine.Interop;
using Sat.Engine.Training;
using Sat.Records;
using Sat.Records.Json;
using Sat.Tool.Processes;
using static TorchSharp.torch;

namespace Sat.Tool.Backends;

/// <summary>
/// A libtorch, tried in a process of its own: one whose functions are not those that TorchSharp calls ends its process, and has to be
/// refused with a sentence.
/// </summary>
/// <param name="Build">What it is.</param>
/// <param name="Cuda">What it means for training on a CUDA device.</param>
/// <param name="Devices">The CUDA devices that it sees.</param>
/// <param name="NotServed">What cannot be had of it, since functions are not there by the names that are known.</param>
internal sealed record BackendTrial(LibTorchBuild Build, CudaVerdict Cuda, int Devices, IReadOnlyList<string> NotServed)
{
    /// <summary>Name of the hidden command.</summary>
    public const string Command = "try";

    /// <summary>The child's part: loads libtorch, and adds, convolves and goes backward.</summary>
    public static BackendTrial Here()
    {
        LibTorch.Load();
        using var scope = NewDisposeScope();
        var (images, weights) = (ones(2, 3, 8, 8), full([4, 3, 3, 3], 0.5, requires_grad: true));
        var loss = (nn.functional.conv2d(images, weights) + 1).mean();
        loss.backward();
        // 27 products of 1 and 1/2, and 1; each weight meets ones alone, and a mean over four outputs.
        if (Math.Abs(loss.item<float>() - 14.5) > 1e-4 || Math.Abs(weights.grad!.mean().item<float>() - 0.25) > 1e-4)
            throw new SatException(ExitCode.Environment, $"libtorch in {LibTorch.LoadedFrom} computes wrong values.");
        TryFunctions(weights);
        var facts = CudaFacts.Read();
        return new BackendTrial(LibTorch.Build!, CudaVerdict.From(facts), facts.Devices, NativeFunctions.NotServed());
    }

    /// <summary>Calls what is called by its mangled name: where its arguments are others by now, this process is the one that
    /// ends.</summary>
    private static void TryFunctions(Tensor weights)
    {
        if (Autocast.IsThere)
        {
            Autocast.Begin(TorchSharp.DeviceType.CPU, ScalarType.BFloat16);
            _ = ones(2, 2).mm(ones(2, 2));
            Autocast.End(TorchSharp.DeviceType.CPU);
        }
        using var parameter = new TorchSharp.Modules.Parameter(weights.detach().clone());
        using var optimizer = optim.SGD([parameter], 1, 0.9);
        parameter.grad = ones_like(weights, requires_grad: false);
        OptimizerStep.Create(optimizer, fused: FusedOptimizers.AreThere, scaled: false).Make(overflow: null);
        if (Math.Abs(parameter.mean().item<float>() + 0.5) > 1e-4)
            throw new SatException(ExitCode.Environment, $"libtorch in {LibTorch.LoadedFrom} makes wrong optimizer steps.");
    }

    /// <summary>The parent's part.</summary>
    /// <param name="folder">The folder of libtorch's libraries.</param>
    /// <param name="stop">Ends the child.</param>
    /// <exception cref="SatException">It does not load, or does not compute (exit code 5).</exception>
    public static async Task<BackendTrial> Run(string folder, CancellationToken stop)
    {
        var (program, arguments) = ToolInfo.Self();
        var start = new ProcessStartInfo(program, [.. arguments, "backend", Command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[LibTorch.Variable] = folder;
        using var process = Process.Start(start)!;
        await using var kill = stop.Register(() => process.Kill(entireProcessTree: true));
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None)
        );
        await process.WaitForExitAsync(CancellationToken.None);
        stop.ThrowIfCancellationRequested();
        var said = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (process.ExitCode == ExitCode.Fine)
        {
            try
            {
                return SatJson.Read<BackendTrial>((await output).TrimEnd().Split('\n')[^1]);
            }
            catch (JsonException)
            {
                // It ended well and printed something else: not the answer.
            }
        }
        const string Mark = "error: ";
        throw new SatException(
            ExitCode.Environment,
            said.FirstOrDefault(l => l.StartsWith(Mark, StringComparison.Ordinal)) is { } sentence
                ? sentence[Mark.Length..]
                : $"libtorch in {folder} ends the process that loads it (exit code {process.ExitCode}){(said.Length > 0 ? $": {said[0].TrimEnd('.')}" : "")}."
        );
    }
}
