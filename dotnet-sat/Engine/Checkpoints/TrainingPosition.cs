namespace Sat.Engine.Checkpoints;

/// <summary>Where training stands between two steps.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="StepInEpoch">Steps made of the epoch; 0: it is not begun. When all are made, its evaluation is still to come.</param>
public readonly record struct TrainingPosition(int Epoch, long StepInEpoch);
