using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>What should hold of a metric if it is to be believed, as whoever reports it declares, and what came of it.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Claim">What should hold.</param>
/// <param name="Otherwise">What a violation suggests.</param>
/// <param name="Status">Violated where one case is.</param>
/// <param name="Cases">What it was checked on.</param>
public sealed record CheckResult(string Metric, string Claim, string Otherwise, CheckStatus Status, IReadOnlyList<CheckCase> Cases);
