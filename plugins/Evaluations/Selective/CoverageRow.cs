namespace Sat.Evaluations.Selective;

/// <summary>What is covered at a coverage.</summary>
/// <param name="Coverage">In percent.</param>
/// <param name="Exact">Of all samples, by the order statistic.</param>
/// <param name="PublishedValidation">Of the validation part, by the published search on it; null: it found no threshold.</param>
/// <param name="Published">Of the test part, by the published search on it; null: it found no threshold.</param>
/// <param name="HeldOut">Of the test part, by the validation part's order statistic; null: there are not two parts.</param>
sealed record CoverageRow(double Coverage, Covered Exact, Covered? PublishedValidation, Covered? Published, Covered? HeldOut);
