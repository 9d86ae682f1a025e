namespace Sat.Records.Statistics;

/// <summary>One value measured at several places, whose true values scatter around a common mean.</summary>
/// <param name="Estimate">The common mean.</param>
/// <param name="StandardError">Its standard error, taking the scatter between places for known.</param>
/// <param name="HartungKnapp">Its standard error by Hartung and Knapp (2001), which lets the places' own scatter speak.</param>
/// <param name="Tau">Standard deviation of the true values between places, by Paule and Mandel (1982); 0: they need not differ.</param>
/// <param name="Q">Cochran's Q: the weighted squares of the differences from the mean without scatter between places.</param>
/// <param name="Places">How many places, at least 2.</param>
public sealed record RandomEffects(double Estimate, double StandardError, double HartungKnapp, double Tau, double Q, int Places)
{
    /// <summary>Share of the scatter that lies between places, in [0, 1] (Higgins and Thompson 2002).</summary>
    public double BetweenShare => Q <= 0 ? 0 : Math.Max(0, (Q - (Places - 1)) / Q);

    /// <summary>Half of the interval of the common mean: Student's, with a degree of freedom less than places, over the larger of the two
    /// standard errors, so that places that agree by chance make it no narrower (Röver, Knapp and Friede 2015).</summary>
    /// <param name="confidence">In (0, 1).</param>
    public double HalfInterval(double confidence = PairedInterval.Confidence) =>
        StudentT.TwoSided(confidence, Places - 1) * Math.Max(StandardError, HartungKnapp);

    /// <summary>Combines values; null with fewer than two, or where one has no standard error.</summary>
    /// <param name="values">Each place's value and its standard error, above 0.</param>
    public static RandomEffects? From(IReadOnlyList<(double Value, double StandardError)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2 || values.Any(v => !(v.StandardError > 0) || !double.IsFinite(v.Value)))
            return null;
        var q = Combine(values, 0).Squares;
        var between = Between(values, q);
        var (mean, weight, squares) = Combine(values, between);
        return new RandomEffects(
            mean,
            Math.Sqrt(1 / weight),
            Math.Sqrt(squares / (values.Count - 1) / weight),
            Math.Sqrt(between),
            q,
            values.Count
        );
    }

    /// <summary>The variance between places for which the weighted squares are as many as degrees of freedom. They fall with it, so that
    /// halving finds it.</summary>
    private static double Between(IReadOnlyList<(double Value, double StandardError)> values, double q)
    {
        var freedom = values.Count - 1;
        if (q <= freedom)
            return 0;
        var high = values.Max(v => v.StandardError * v.StandardError);
        while (Combine(values, high).Squares > freedom)
            high *= 2;
        var low = 0.0;
        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            if (Combine(values, middle).Squares > freedom)
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    /// <summary>The weighted mean, the sum of the weights, and the weighted squares of the differences from it.</summary>
    private static (double Mean, double Weight, double Squares) Combine(
        IReadOnlyList<(double Value, double StandardError)> values,
        double between
    )
    {
        double Weight(double standardError) => 1 / (standardError * standardError + between);
        var weight = values.Sum(v => Weight(v.StandardError));
        var mean = values.Sum(v => Weight(v.StandardError) * v.Value) / weight;
        return (mean, weight, values.Sum(v => Weight(v.StandardError) * (v.Value - mean) * (v.Value - mean)));
    }
}
