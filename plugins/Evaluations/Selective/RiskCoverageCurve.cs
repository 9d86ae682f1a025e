namespace Sat.Evaluations.Selective;

/// <summary>
/// What is wrong among the k samples that are rejected last, for each k. A threshold cannot tell samples of one score apart: it covers all
/// of them or none. The area orders them as they come.
/// </summary>
sealed class RiskCoverageCurve
{
    readonly double[] _rejection;
    readonly int[] _errors;

    /// <param name="predictions">At least one.</param>
    public RiskCoverageCurve(ScoredPredictions predictions)
    {
        // OrderBy keeps the order of equal scores.
        var order = Enumerable.Range(0, predictions.Count).OrderBy(i => predictions.Rejection[i]).ToArray();
        _rejection = [.. order.Select(i => predictions.Rejection[i])];
        _errors = new int[order.Length];
        var errors = 0;
        for (var k = 0; k < order.Length; k++)
            _errors[k] = errors += predictions.IsWrong[order[k]] ? 1 : 0;
    }

    public int Count => _errors.Length;

    /// <summary>The share of wrong predictions among the first k + 1 samples, in [0, 1].</summary>
    public IEnumerable<double> Risks => _errors.Select((errors, k) => errors / (k + 1.0));

    /// <summary>The area under the curve: the mean of <see cref="Risks"/>, in [0, 1].</summary>
    public double Area => Risks.Average();

    /// <summary>The area less r + (1 - r) ln(1 - r), which an order that puts all errors last comes near to, r being the error at full
    /// coverage (arXiv 1805.08206).</summary>
    public double ExcessArea
    {
        get
        {
            var right = 1 - ((double)_errors[^1] / Count);
            return Area - (1 - right + (right > 0 ? right * Math.Log(right) : 0));
        }
    }

    /// <summary>The samples up to the k-th smallest score, k being the coverage of all samples, rounded down but at least 1; and those of
    /// the same score.</summary>
    /// <param name="percent">Coverage, in (0, 100].</param>
    public Covered AtCoverage(double percent) => AtThreshold(_rejection[Math.Max(1, (int)(Count * (decimal)percent / 100)) - 1]);

    /// <summary>The samples whose score is at most a threshold.</summary>
    public Covered AtThreshold(double threshold)
    {
        // The first position of a greater score.
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _rejection[middle] <= threshold ? (middle + 1, high) : (low, middle);
        }
        return new(threshold, low, low == 0 ? 0 : _errors[low - 1]);
    }

    /// <summary>The largest share of samples that a threshold covers with no more than a share of errors, in [0, 1]; 0: no threshold
    /// does.</summary>
    /// <param name="error">In [0, 1].</param>
    public double CoverageAt(double error)
    {
        for (var k = Count; k > 0; k--)
        {
            if ((k == Count || _rejection[k] > _rejection[k - 1]) && _errors[k - 1] <= error * k)
                return (double)k / Count;
        }
        return 0;
    }
}
