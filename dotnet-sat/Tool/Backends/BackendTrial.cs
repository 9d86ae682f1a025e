using System.Diagnostics;
using System.Text.Json;
using Sat.Engine.Cuda;
using Sat.Engine.Interop;
using Sat.Records;
using Sat.Records.Json;
using static TorchSharp.torch;

namespace Sat.Tool.Backends;

/// <summary>
/// A libtorch, tried in a process of its own: one whose functions are not those that TorchSharp calls ends its process, and has to be
/// refused with a sentence.
/// </summary>
/// <param name="Build">What it is.</param>
/// <param name="Cuda">What it means for training on a CUDA device.</param>
internal sealed record BackendTrial(LibTorchBuild Build, CudaVerdict Cuda)
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
        return new BackendTrial(LibTorch.Build!, CudaVerdict.Of(CudaFacts.Read()));
    }

    /// <summary>The parent's part.</summary>
    /// <param name="folder">The folder of libtorch's libraries.</param>
    /// <param name="stop">Ends the child.</param>
    /// <exception cref="SatException">It does not load, or does not compute (exit code 5).</exception>
    public static async Task<BackendTrial> Of(string folder, CancellationToken stop)
    {
        var (program, arguments) = ToolInfo.Self();
        var start = new ProcessStartInfo(program, [.. arguments, "backend", Command]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[LibTorch.Variable] = folder;
        using var process = Process.Start(start)!;
        await using var kill = stop.Register(() => process.Kill(entireProcessTree: true));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
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
        throw new SatException(ExitCode.Environment, said.FirstOrDefault(l => l.StartsWith(Mark, StringComparison.Ordinal)) is { } sentence
            ? sentence[Mark.Length..]
            : $"libtorch in {folder} ends the process that loads it (exit code {process.ExitCode}){(said.Length > 0 ? $": {said[0].TrimEnd('.')}" : "")}.");
    }
}
