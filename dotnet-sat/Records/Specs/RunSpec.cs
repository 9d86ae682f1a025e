using System.Text.Json.Serialization;

namespace Sat.Records.Specs;

/// <summary>
/// All that decides a run's result, and nothing else: no device, threads, folders, names or package versions.
/// Its canonical JSON (RFC 8785) names the run.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RunSpec
{
    /// <summary>What <see cref="Precision"/> can be.</summary>
    [JsonIgnore]
    public static IReadOnlyList<string> Precisions { get; } = ["fp32", "tf32", "bf16", "fp16"];

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Images and labels.</summary>
    public required ComponentSpec Dataset { get; init; }

    /// <summary>What is done to the training set.</summary>
    public required ComponentSpec Noise { get; init; }

    /// <summary>The backbone.</summary>
    public required ComponentSpec Model { get; init; }

    /// <summary>The way to train.</summary>
    public required ComponentSpec Method { get; init; }

    /// <summary>How long, how fast, on what batches.</summary>
    public required TrainingSpec Training { get; init; }

    /// <summary>Root of every random stream, 0 to 2^53 - 1.</summary>
    public required long Seed { get; init; }

    /// <summary>Arithmetic of the networks: <c>fp32</c>, <c>tf32</c>, <c>bf16</c> or <c>fp16</c>.</summary>
    public string Precision { get; init; } = "fp32";

    /// <summary>True if only deterministic kernels may be used.</summary>
    public bool Deterministic { get; init; }

    /// <summary>For an evaluation: what is measured; all the rest is as the measured run has it. Null: this run trains.</summary>
    public ComponentSpec? Evaluation { get; init; }

    /// <summary>For an evaluation: what it is made on. Null where <see cref="Evaluation"/> is.</summary>
    public EvaluationInputs? EvaluateOn { get; init; }

    /// <summary>For an evaluation: the id of the run that it measures.</summary>
    public string? Parent { get; init; }

    /// <summary>The canonical text.</summary>
    public string Canonical() => CanonicalSpec.Text(this);

    /// <summary>The run's id: SHA-256 of the canonical text, 64 hexadecimal digits.</summary>
    public string Id() => CanonicalSpec.Hash(this);

    /// <summary>The id of the cell that this run is one seed of; evaluations of a cell's runs are a cell too.</summary>
    public string CellId() => (this with { Seed = 0, Parent = null }).Id();
}
