namespace Sat.Evaluations.Robustness.Corruptions;

/// <summary>How far an evaluation under corruptions is.</summary>
/// <param name="Accuracies">The accuracy under each condition that is done, in their order.</param>
sealed record CorruptionsState(double[] Accuracies);
