using Sat.Engine.Checkpoints;
using Sat.Engine.Conditions;
using Sat.Records.Runs;

namespace Sat.Engine;

/// <summary>How a run is carried out; no part of what it is.</summary>
/// <param name="Device">See <see cref="Devices.Parse"/>.</param>
/// <param name="Threads">Threads within an operation, at least 1; null: those of the run's earlier part, else one a processor.</param>
/// <param name="Tool">Version of the tool, for the record.</param>
public sealed record RunConditions(string Device, int? Threads, string Tool)
{
    /// <summary>Threads that decode images which are not in memory, at least 1; null: what training leaves of
    /// <see cref="Processors"/>.</summary>
    public int? LoaderThreads { get; init; }

    /// <summary>Processors that the run may use.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>When checkpoints are written.</summary>
    public CheckpointPolicy Checkpoints { get; init; } = new(CheckpointInterval.Default);

    /// <summary>False to begin anew where there is a checkpoint.</summary>
    public bool Resume { get; init; } = true;
}
