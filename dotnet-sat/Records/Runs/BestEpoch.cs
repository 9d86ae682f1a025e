namespace Sat.Records.Runs;

/// <summary>An epoch chosen on validation data.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="ChosenOn">The metric it was chosen by.</param>
/// <param name="Metrics">All metrics of that epoch.</param>
public sealed record BestEpoch(int Epoch, string ChosenOn, IReadOnlyDictionary<string, double> Metrics);
