namespace Sat.Evaluations.Selective;

/// <summary>
/// The thresholds of the published code (github.com/LayneH/SAT-selective-cls, train.py): bisection for each coverage, from the highest to
/// the lowest, until the share that is covered is within 0.3 points. Where equal or few scores leave no such threshold, that code does not
/// end; here the search does, without one.
/// </summary>
static class PublishedSearch
{
    const double Tolerance = 0.3;

    /// <param name="predictions">At least one.</param>
    /// <param name="coverages">In percent, from the highest to the lowest.</param>
    /// <returns>For each coverage what is covered; null: no threshold was found.</returns>
    public static IReadOnlyList<Covered?> Run(ScoredPredictions predictions, IReadOnlyList<double> coverages)
    {
        // Scores are float32 there, and thresholds are rounded to it.
        var curve = new RiskCoverageCurve(new([.. predictions.Rejection.Select(r => (double)(float)r)], predictions.IsWrong));
        Covered Cover(double threshold) => curve.AtThreshold((float)threshold) with { Threshold = threshold };
        double Percent(Covered covered) => (double)covered.Count / curve.Count * 100;

        var (upper, threshold) = (1.0, 1.0);
        while (Percent(Cover(upper)) < coverages[0])
            upper *= 2;
        var found = new List<Covered?>();
        foreach (var wanted in coverages)
        {
            var lower = 0.0;
            Covered covered;
            while (Math.Abs(Percent(covered = Cover(threshold)) - wanted) > Tolerance)
            {
                var before = (lower, upper, threshold);
                if (Percent(covered) > wanted)
                {
                    upper = Math.Min(threshold, upper);
                    threshold = (threshold + lower) / 2;
                }
                else
                {
                    lower = Math.Max(threshold, lower);
                    threshold = (threshold + upper) / 2;
                }
                if (before == (lower, upper, threshold))
                    break;
            }
            found.Add(Math.Abs(Percent(covered) - wanted) > Tolerance ? null : covered);
        }
        return found;
    }
}
