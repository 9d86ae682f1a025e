namespace Sat.Records.Runs;

/// <summary>A run that went on from a checkpoint.</summary>
/// <param name="At">When.</param>
/// <param name="Step">Steps made before, over all epochs.</param>
/// <param name="Changed">
/// Conditions that differ from those the checkpoint was made under, as <c>threads: 1, before 2</c>. The bits of the outcome are
/// those of the run without interruption only if none does.
/// </param>
/// <param name="Damaged">Checkpoints that were found damaged and passed over.</param>
public sealed record RunResumption(DateTimeOffset At, long Step, IReadOnlyList<string> Changed, IReadOnlyList<string> Damaged);
