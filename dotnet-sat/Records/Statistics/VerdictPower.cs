namespace Sat.Records.Statistics;

/// <summary>
/// How likely seeds are to decide a comparison, by quadrature over the law of the estimated deviations. For one estimate this is the
/// difference of Owen's Q functions (Owen, 1965); Phillips (1990) uses it for two one-sided tests.
/// </summary>
/// <param name="Gap">The true difference, in the unit of the deviations.</param>
/// <param name="Margin">The margin, above 0.</param>
public sealed record VerdictPower(double Gap, double Margin)
{
    /// <summary>How sure the interval is that has to lie within the margin: two one-sided tests at 5 %.</summary>
    public const double EquivalenceConfidence = 0.90;

    /// <summary>More seeds than this are out of reach.</summary>
    public const int MostSeeds = 1000;

    /// <summary>Differences seed by seed.</summary>
    /// <param name="deviation">Of the differences.</param>
    /// <param name="seeds">At least 2.</param>
    public Chances Paired(double deviation, int seeds) => Scaled(seeds - 1, deviation / Math.Sqrt(seeds), deviation / Math.Sqrt(seeds));

    /// <summary>Two samples of equal size and one deviation, pooled.</summary>
    public Chances Pooled(double deviation, int seeds) =>
        Scaled(2 * seeds - 2, deviation * Math.Sqrt(2.0 / seeds), deviation * Math.Sqrt(2.0 / seeds));

    /// <summary>A published value as one draw with our deviation, not drawn yet.</summary>
    public Chances OneDraw(double deviation, int seeds) =>
        Scaled(seeds - 1, deviation * Math.Sqrt(1 + 1.0 / seeds), deviation * Math.Sqrt(1 + 1.0 / seeds));

    /// <summary>A published value, judged as one draw with our deviation, whose distance from our true mean is the gap.</summary>
    public Chances PublishedDraw(double deviation, int seeds) =>
        Scaled(seeds - 1, deviation * Math.Sqrt(1 + 1.0 / seeds), deviation / Math.Sqrt(seeds));

    /// <summary>A published mean with its deviation, both numbers on paper: the deviation is taken as the true one.</summary>
    public Chances PublishedGiven(double deviation, int seeds, double published, int trials)
    {
        var theirs = published * published / trials;
        var ours = deviation * deviation / seeds;
        (double, double) Halves(double s)
        {
            var difference = MeanDifference.From(new Statistic(0, s * deviation, seeds), 0, published, trials);
            return (
                difference.HalfInterval(EquivalenceConfidence) ?? double.PositiveInfinity,
                difference.HalfInterval(PairedInterval.Confidence) ?? double.PositiveInfinity
            );
        }
        return OverDeviation(seeds - 1, Halves, Math.Sqrt(ours + theirs));
    }

    /// <summary>Two samples, each with a deviation of its own, by Welch. The sum of the two estimates' squares and their share in it are
    /// independent, and the degrees of freedom depend on the share alone.</summary>
    public Chances Welch(double first, int firstSeeds, double second, int secondSeeds)
    {
        var (a, b) = (firstSeeds - 1, secondSeeds - 1);
        var (firstScale, secondScale) = (first * first / firstSeeds / a, second * second / secondSeeds / b);
        var error = Math.Sqrt(first * first / firstSeeds + second * second / secondSeeds);
        var density = Math.Log(2) + LogGamma.At((a + b) / 2.0) - LogGamma.At(a / 2.0) - LogGamma.At(b / 2.0);
        var (equivalent, different) = (0.0, 0.0);
        // In the angle whose squared sine the share is, it scatters nearly alike wherever it lies.
        var (peak, reach) = (Math.Atan2(Math.Sqrt(a), Math.Sqrt(b)), 8 / Math.Sqrt(2.0 * (a + b)));
        foreach (var (angle, weight) in Quadrature.Over(Math.Max(0, peak - reach), Math.Min(Math.PI / 2, peak + reach), 2))
        {
            var (sine, cosine) = Math.SinCos(angle);
            var (ours, theirs) = (sine * sine * firstScale, cosine * cosine * secondScale);
            var sum = ours + theirs;
            var freedom = sum * sum / (ours * ours / a + theirs * theirs / b);
            var unit = Math.Sqrt(sum * (a + b));
            var (narrow, wide) = (
                unit * StudentT.TwoSided(EquivalenceConfidence, freedom),
                unit * StudentT.TwoSided(PairedInterval.Confidence, freedom)
            );
            var chances = OverDeviation(a + b, s => (narrow * s, wide * s), error);
            var share = weight * Math.Exp(density + (a - 1) * Math.Log(sine) + (b - 1) * Math.Log(cosine));
            equivalent += share * chances.Equivalent;
            different += share * chances.Different;
        }
        return new Chances(equivalent, different);
    }

    /// <summary>The fewest seeds that have a chance; null: not found.</summary>
    /// <param name="chance">Of a number of seeds.</param>
    /// <param name="wanted">The least that is enough.</param>
    /// <param name="from">Where the search begins.</param>
    /// <param name="most">Where it ends.</param>
    public static int? Seeds(Func<int, double> chance, double wanted = Chances.Wanted, int from = 2, int most = MostSeeds)
    {
        ArgumentNullException.ThrowIfNull(chance);
        // Ever longer steps, then halves between the last two: the chance hardly ever falls with more seeds.
        var last = from - 1;
        for (var seeds = from; ; seeds = Math.Min(most, seeds + Math.Max(1, seeds / 4)))
        {
            if (chance(seeds) < wanted)
            {
                if (seeds == most)
                    return null;
                last = seeds;
                continue;
            }
            while (seeds - last > 1)
            {
                var middle = (seeds + last) / 2;
                (last, seeds) = chance(middle) < wanted ? (middle, seeds) : (last, middle);
            }
            return seeds;
        }
    }

    /// <summary>One estimated deviation, which the interval is proportional to.</summary>
    private Chances Scaled(int freedom, double estimated, double error)
    {
        var narrow = estimated * StudentT.TwoSided(EquivalenceConfidence, freedom);
        var wide = estimated * StudentT.TwoSided(PairedInterval.Confidence, freedom);
        return OverDeviation(freedom, s => (narrow * s, wide * s), error);
    }

    /// <param name="freedom">Of the estimated deviation.</param>
    /// <param name="halves">Half of either interval, by the ratio of the estimated deviation to the true one.</param>
    /// <param name="error">The true standard error of the difference.</param>
    private Chances OverDeviation(int freedom, Func<double, (double Narrow, double Wide)> halves, double error)
    {
        var spread = 12 * Math.Sqrt(2.0 * freedom);
        var low = Math.Sqrt(Math.Max(0, freedom - spread) / freedom);
        var high = Math.Sqrt((freedom + spread + 75) / freedom);
        var density = Math.Log(2) + freedom / 2.0 * Math.Log(freedom / 2.0) - LogGamma.At(freedom / 2.0);
        // Either integrand has a kink where its interval is as wide as the margin.
        double[] bounds =
        [
            low,
            .. Crossings(s => halves(s).Narrow, low, high).Concat(Crossings(s => halves(s).Wide, low, high)).Order(),
            high,
        ];
        var (equivalent, different) = (0.0, 0.0);
        for (var i = 0; i + 1 < bounds.Length; i++)
        {
            if (bounds[i + 1] - bounds[i] < 1e-9)
                continue;
            foreach (var (s, weight) in Quadrature.Over(bounds[i], bounds[i + 1], 4))
            {
                var share = weight * Math.Exp(density + (freedom - 1) * Math.Log(s) - freedom * s * s / 2);
                if (share < 1e-18)
                    continue;
                var (narrow, wide) = halves(s);
                var within = Margin - narrow;
                if (within > 0)
                    equivalent += share * (Normal.Below((within - Gap) / error) - Normal.Below((-within - Gap) / error));
                var beyond = Math.Max(Margin, wide);
                different += share * (Normal.Below((-beyond - Gap) / error) + Normal.Below((Gap - beyond) / error));
            }
        }
        return new Chances(equivalent, different);
    }

    /// <summary>Where half of an interval crosses the margin: more than once where its degrees of freedom fall as it grows.</summary>
    private IEnumerable<double> Crossings(Func<double, double> half, double low, double high)
    {
        const int steps = 24;
        var (from, isWithin) = (low, half(low) < Margin);
        for (var i = 1; i <= steps; i++)
        {
            var to = low + i * (high - low) / steps;
            if (half(to) < Margin != isWithin)
            {
                var (left, right) = (from, to);
                for (var k = 0; k < 30; k++)
                {
                    var middle = (left + right) / 2;
                    (left, right) = half(middle) < Margin == isWithin ? (middle, right) : (left, middle);
                }
                yield return right;
                isWithin = !isWithin;
            }
            from = to;
        }
    }
}
