using Sat.Records.Runs;

namespace Sat.Engine.Evaluations;

/// <summary>What came of an evaluation.</summary>
/// <param name="Data">The data it was made on.</param>
/// <param name="Metrics">What it measured.</param>
public sealed record EvaluationOutcome(RunData Data, IReadOnlyDictionary<string, double> Metrics);
