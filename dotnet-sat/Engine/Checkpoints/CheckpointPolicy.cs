using Sat.Records.Runs;

namespace Sat.Engine.Checkpoints;

/// <summary>When checkpoints are written, and how many are kept.</summary>
/// <param name="Interval">How often.</param>
/// <param name="Keep">How many, at least 1.</param>
public sealed record CheckpointPolicy(CheckpointInterval Interval, int Keep = CheckpointPolicy.DefaultKeep)
{
    /// <summary>The latest, and the one before it should the latest be damaged later.</summary>
    public const int DefaultKeep = 2;
}
