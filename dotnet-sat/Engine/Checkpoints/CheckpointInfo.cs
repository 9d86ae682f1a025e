using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Engine.Checkpoints;

/// <summary>What a checkpoint holds beside tensors: JSON, in the file's metadata.</summary>
public sealed record CheckpointInfo
{
    /// <summary>The name of the metadata.</summary>
    public const string Key = "checkpoint";

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>Where training stood.</summary>
    public required TrainingPosition Position { get; init; }

    /// <summary>Steps made, over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>Seconds of work that led here.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of training steps of the epoch so far.</summary>
    public required double EpochSeconds { get; init; }

    /// <summary>The content of <c>metrics.jsonl</c>.</summary>
    public required string Metrics { get; init; }

    /// <summary>The conditions it was made under.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>Numbers that the optimizers keep.</summary>
    public required JsonObject Optimizer { get; init; }

    /// <summary>Numbers that the method keeps; null: it has none.</summary>
    public JsonObject? Method { get; init; }

    /// <summary>The epoch whose weights the method has chosen so far, counted from 1; null: none.</summary>
    public int? Chosen { get; init; }

    /// <summary>The epochs evaluated so far.</summary>
    public IReadOnlyList<MetricsRow> Rows() =>
        [.. Metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SatJson.Read<MetricsRow>)];
}
