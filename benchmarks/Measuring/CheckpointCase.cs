namespace Sat.Benchmarks.Measuring;

/// <summary>A run with checkpoints.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Set">What is set over the study.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="StepsPerEpoch">Batches that these are.</param>
internal sealed record CheckpointCase(string Name, IReadOnlyList<string> Set, int Samples, int StepsPerEpoch);
