namespace Sat.Sdk;

/// <summary>How far training is within an epoch.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Step">Steps made, over all epochs.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="ImagesPerSecond">Training samples a second since the epoch began.</param>
public sealed record RunProgress(int Epoch, long Step, long Steps, double ImagesPerSecond);
