namespace Sat.Records.Runs;

/// <summary>The epoch whose weights and metrics are a run's result, chosen by its method on held-out samples.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Trained">Epochs that were trained, of those that were to be.</param>
public sealed record SelectedEpoch(int Epoch, int Trained);
