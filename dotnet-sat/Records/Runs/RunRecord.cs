using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Specs;

namespace Sat.Records.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Planned, not begun.</summary>
    Queued,

    /// <summary>A worker holds it.</summary>
    Running,

    /// <summary>Finished; its metrics are final.</summary>
    Done,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Its loss became infinite or not a number.</summary>
    Diverged,

    /// <summary>Stopped from outside: a signal, a lost parent, a dead machine.</summary>
    Interrupted,
}

/// <summary>Failures that a sweep knows what to do about.</summary>
public enum RunFailureKind
{
    /// <summary>The machine's memory did not suffice.</summary>
    OutOfMemory,

    /// <summary>The graphics card's memory did not suffice.</summary>
    OutOfDeviceMemory,

    /// <summary>The graphics card answers no more.</summary>
    DeviceLost,

    /// <summary>Its worker was killed, and the system does not say that memory ran out.</summary>
    Killed,
}

/// <summary>The file <c>run.json</c>: a run's specification, what became of it, and under which conditions.</summary>
public sealed record RunRecord
{
    /// <summary>The first version of this layout whose files carry their own checksum (<see cref="SealedJson"/>).</summary>
    public const int SealedSince = 2;

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = SealedSince;

    /// <summary>The run's id, 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>What decides its result.</summary>
    public required RunSpec Spec { get; init; }

    /// <summary>Where its files were read.</summary>
    public IReadOnlyDictionary<string, string> Locations { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it failed, diverged or was interrupted: one or two sentences.</summary>
    public string? Error { get; init; }

    /// <summary>The exit code that its failure asks of the tool: 5 where its environment failed it, 2 where it should not have been
    /// planned. Null: it did not fail.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What it failed of; null: of nothing that another attempt would change, or not at all.</summary>
    public RunFailureKind? Failure { get; init; }

    /// <summary>When a worker began it.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Seconds of work, all of it.</summary>
    public double? Seconds { get; init; }

    /// <summary>Training samples a second, over all epochs, evaluation left out.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>Largest resident memory of the worker, in bytes.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Most memory of a graphics card that the worker held, in bytes; null on the CPU, or where the driver does not
    /// tell.</summary>
    public long? PeakDeviceMemoryBytes { get; init; }

    /// <summary>Energy in joules that the processor packages took while it ran, whatever else ran beside it; null where the system does not
    /// tell.</summary>
    public double? EnergyJoules { get; init; }

    /// <summary>Where and with what it ran.</summary>
    public RunEnvironment? Environment { get; init; }

    /// <summary>When it was resumed from a checkpoint, the last time last.</summary>
    public IReadOnlyList<RunResumption> Resumed { get; init; } = [];

    /// <summary>What its checkpoints cost, since it was last begun or resumed.</summary>
    public CheckpointCost? Checkpoints { get; init; }

    /// <summary>What the data turned out to be.</summary>
    public RunData? Data { get; init; }

    /// <summary>Values that components derived from their options and the run (SAT: the momentum adjusted for width).</summary>
    public JsonObject? Derived { get; init; }

    /// <summary>What turned out odd about its settings and is no error, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Metrics after the last epoch.</summary>
    public IReadOnlyDictionary<string, double>? Final { get; init; }

    /// <summary>SHA-256 of the files that its outcome lies in: metrics, weights, soft targets, ... Equal specifications under equal
    /// conditions give equal ones.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Files among <see cref="Outputs"/> that were removed to make room.</summary>
    public IReadOnlyList<string> Pruned { get; init; } = [];

    /// <summary>The epoch with the best accuracy on held-out noisy labels; null without a validation split. Never chosen on the test
    /// set.</summary>
    public BestEpoch? Best { get; init; }
}

/// <summary>What checkpoints cost.</summary>
/// <param name="Written">How many were written.</param>
/// <param name="Seconds">Seconds that took.</param>
public sealed record CheckpointCost(int Written, double Seconds);

/// <summary>A run that went on from a checkpoint.</summary>
/// <param name="At">When.</param>
/// <param name="Step">Steps made before, over all epochs.</param>
/// <param name="Changed">
/// Conditions that differ from those the checkpoint was made under, as <c>threads: 1, before 2</c>. The bits of the outcome are
/// those of the run without interruption only if none does.
/// </param>
/// <param name="Damaged">Checkpoints that were found damaged and passed over.</param>
public sealed record RunResumption(DateTimeOffset At, long Step, IReadOnlyList<string> Changed, IReadOnlyList<string> Damaged);

/// <summary>An epoch chosen on validation data.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="ChosenOn">The metric it was chosen by.</param>
/// <param name="Metrics">All metrics of that epoch.</param>
public sealed record BestEpoch(int Epoch, string ChosenOn, IReadOnlyDictionary<string, double> Metrics);

/// <summary>What the data turned out to be.</summary>
public sealed record RunData
{
    /// <summary>Class names, in the order of their numbers.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Channels, height, width of an image, in pixels.</summary>
    public required IReadOnlyList<long> ImageShape { get; init; }

    /// <summary>Training samples.</summary>
    public required long Train { get; init; }

    /// <summary>Held-out samples.</summary>
    public required long Validation { get; init; }

    /// <summary>Test samples.</summary>
    public required long Test { get; init; }

    /// <summary>By which rules its dataset made bytes or splits of its files, a clause each; null: there is nothing to say.</summary>
    public IReadOnlyList<string>? Reading { get; init; }

    /// <summary>True if the dataset vouches for its labels, false if they are merely given; null: recorded before anyone asked, or there
    /// are none.</summary>
    public bool? TrueLabels { get; init; }

    /// <summary>Share of the training labels that are wrong, as measured against the true ones; null: not known.</summary>
    public double? WrongLabels { get; init; }

    /// <summary>Share of the training labels that the noise changed, where nobody knows whether they were true before; null:
    /// <see cref="WrongLabels"/> says it.</summary>
    public double? ChangedLabels { get; init; }

    /// <summary>Share of the training images that were corrupted.</summary>
    public double? CorruptedImages { get; init; }

    /// <summary>SHA-256 of <c>noise.npy</c>, which holds the labels trained on or the positions of corrupted images; null: there are
    /// neither.</summary>
    public string? NoiseHash { get; init; }
}

/// <summary>Where and with what a run was made. Recorded, and no part of its identity.</summary>
public sealed record RunEnvironment
{
    /// <summary>What is otherwise under other conditions, as <c>threads: 1, before 2</c>; the machine's name decides nothing.</summary>
    public IReadOnlyList<string> Differences(RunEnvironment now)
    {
        static string Text(JsonNode? value) =>
            value is null ? "unknown"
            : value is JsonValue ? value.ToString()
            : CanonicalJson.Write(value);
        var before = SatJson.ToNode(this with { Machine = null }).AsObject();
        var after = SatJson.ToNode(now with { Machine = null }).AsObject();
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

    /// <summary>The newest vector instructions that convolutions on the processor were allowed to use, as oneDNN names them; null: all of
    /// the processor's.</summary>
    public string? ConvolutionKernels { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The graphics card's name; null on the CPU, or where the driver does not tell.</summary>
    public string? Gpu { get; init; }

    /// <summary>Version of the graphics card's driver.</summary>
    public string? GpuDriver { get; init; }

    /// <summary>Threads within an operation.</summary>
    public required int Threads { get; init; }

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

/// <summary>A row of <c>metrics.jsonl</c>: what an epoch gave. Deterministic: no times, no machine.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Values">Metric to value; see <see cref="Metrics.MetricNames"/>, and the method's own.</param>
public sealed record MetricsRow(int Epoch, IReadOnlyDictionary<string, double> Values);

/// <summary>A row of <c>telemetry.jsonl</c>: what an epoch cost.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainSeconds">Seconds of training steps.</param>
/// <param name="EvaluateSeconds">Seconds of evaluation.</param>
/// <param name="ImagesPerSecond">Training samples a second.</param>
/// <param name="MemoryBytes">Resident memory at the epoch's end.</param>
/// <param name="LiveTensors">TorchSharp tensors alive at the epoch's end.</param>
public sealed record TelemetryRow(
    int Epoch,
    double TrainSeconds,
    double EvaluateSeconds,
    double ImagesPerSecond,
    long MemoryBytes,
    long LiveTensors
);

/// <summary>What a line of <c>events.jsonl</c> tells.</summary>
public enum RunEventKind
{
    /// <summary>A worker took the run.</summary>
    Started,

    /// <summary>Steps were made.</summary>
    Progress,

    /// <summary>An epoch ended.</summary>
    Epoch,

    /// <summary>The run warns of something; it is in <c>run.json</c>, too.</summary>
    Warning,

    /// <summary>The run ended; its status is in <c>run.json</c>.</summary>
    Ended,
}

/// <summary>A line of <c>events.jsonl</c>, for whoever watches.</summary>
public sealed record RunEvent
{
    /// <summary>What happened.</summary>
    public required RunEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The epoch, counted from 1.</summary>
    public int? Epoch { get; init; }

    /// <summary>Epochs in all.</summary>
    public int? Epochs { get; init; }

    /// <summary>Steps made, over all epochs.</summary>
    public long? Step { get; init; }

    /// <summary>Steps in all.</summary>
    public long? Steps { get; init; }

    /// <summary>Training samples a second, lately.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>The epoch's metrics.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>What the run warns of: a sentence.</summary>
    public string? Warning { get; init; }

    /// <summary>How the run ended.</summary>
    public RunStatus? Status { get; init; }
}
