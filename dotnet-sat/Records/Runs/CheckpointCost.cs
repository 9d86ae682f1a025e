namespace Sat.Records.Runs;

/// <summary>What checkpoints cost.</summary>
/// <param name="Written">How many were written.</param>
/// <param name="Seconds">Seconds that took.</param>
public sealed record CheckpointCost(int Written, double Seconds);
