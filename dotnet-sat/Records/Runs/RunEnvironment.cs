using System.Text.Json.Nodes;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>Where and with what a run was made. Recorded, and no part of its identity.</summary>
public sealed record RunEnvironment
{
    /// <summary>What is otherwise under other conditions, as <c>threads: 1, before 2</c>; the machine's name
    /// and the threads that decode images decide nothing.</summary>
    public IReadOnlyList<string> Differences(RunEnvironment now)
    {
        static string Text(JsonNode? value) =>
            value is null ? "unknown"
            : value is JsonValue ? value.ToString()
            : CanonicalJson.Write(value);
        var before = SatJson.ToNode(this with { Machine = null, LoaderThreads = null }).AsObject();
        var after = SatJson.ToNode(now with { Machine = null, LoaderThreads = null }).AsObject();
        return
        [
            .. before
                .Select(b => b.Key)
                .Union(after.Select(a => a.Key))
                .Where(name => !JsonNode.DeepEquals(before[name], after[name]))
                .Select(name => $"{name}: {Text(after[name])}, before {Text(before[name])}"),
        ];
    }

    /// <summary>Version of the tool, with its commit where known.</summary>
    public required string Tool { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string DotNet { get; init; }

    /// <summary>Version of TorchSharp.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Version of libtorch, where it tells; else where it was loaded from.</summary>
    public string? LibTorch { get; init; }

    /// <summary>Operating system and its version.</summary>
    public required string Os { get; init; }

    /// <summary>The processor's name.</summary>
    public string? Cpu { get; init; }

    /// <summary>The vector instructions that libtorch uses.</summary>
    public string? CpuCapability { get; init; }

    /// <summary>The newest vector instructions that convolutions on the processor were allowed to use, as oneDNN names them, or
    /// <c>without-onednn</c>; null: all of the processor's.</summary>
    public string? ConvolutionKernels { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The graphics card's name; null on the CPU, or where the driver does not tell.</summary>
    public string? Gpu { get; init; }

    /// <summary>Version of the graphics card's driver.</summary>
    public string? GpuDriver { get; init; }

    /// <summary>Threads within an operation.</summary>
    public required int Threads { get; init; }

    /// <summary>Threads that decode images which are not in memory; null in records of before there was a choice.</summary>
    public int? LoaderThreads { get; init; }

    /// <summary>Threads between operations.</summary>
    public int? InteropThreads { get; init; }

    /// <summary>True if only deterministic kernels were allowed.</summary>
    public bool Deterministic { get; init; }

    /// <summary>How images and the weights of convolutions lay in memory: <c>channels-last</c> or <c>contiguous</c>; null in records of
    /// before there was a choice.</summary>
    public string? MemoryFormat { get; init; }

    /// <summary>Who made the steps of SGD, Adam and AdamW: <c>fused</c>, a kernel of libtorch, or <c>torchsharp</c>; null in records of
    /// before there was a choice.</summary>
    public string? OptimizerStep { get; init; }

    /// <summary>Whether cuDNN looked for its fastest convolutions, <c>on</c> or <c>off</c>; null on the CPU.</summary>
    public string? KernelSearch { get; init; }

    /// <summary>True if matrix products on the graphics card could use TensorFloat-32; null on the CPU.</summary>
    public bool? Tf32 { get; init; }

    /// <summary>The machine's name.</summary>
    public string? Machine { get; init; }

    /// <summary>Plugin package to version and SHA-256 of its assembly.</summary>
    public IReadOnlyDictionary<string, string> Plugins { get; init; } = new Dictionary<string, string>();
}
