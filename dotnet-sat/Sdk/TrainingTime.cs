namespace Sat.Sdk;

/// <summary>A moment of training.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Step">Counted from 0 over all epochs.</param>
/// <param name="StepsPerEpoch">In an epoch.</param>
public readonly record struct TrainingTime(int Epoch, int Epochs, long Step, long StepsPerEpoch);
