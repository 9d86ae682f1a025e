using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Specs;

namespace Sat.Records.Runs;

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

    /// <summary>See <see cref="RunRequest.AllIfFewer"/>.</summary>
    public bool? AllIfFewer { get; init; }

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

    /// <summary>Metrics after the last epoch, or after that of <see cref="Selected"/>.</summary>
    public IReadOnlyDictionary<string, double>? Final { get; init; }

    /// <summary>The epoch that its method chose for its result; null: it chooses none, and the last one is.</summary>
    public SelectedEpoch? Selected { get; init; }

    /// <summary>SHA-256 of the files that its outcome lies in: metrics, weights, soft targets, ... Equal specifications under equal
    /// conditions give equal ones.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Files among <see cref="Outputs"/> that were removed to make room.</summary>
    public IReadOnlyList<string> Pruned { get; init; } = [];

    /// <summary>The epoch with the best accuracy on held-out noisy labels; null without a validation split. Never chosen on the test
    /// set.</summary>
    public BestEpoch? Best { get; init; }

    /// <summary>What a worker needs to make it again.</summary>
    public RunRequest Request() => new(Spec, Locations) { AllIfFewer = AllIfFewer };
}
