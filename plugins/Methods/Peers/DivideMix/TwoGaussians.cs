namespace Sat.Methods.Peers.DivideMix;

/// <summary>
/// A mixture of two Gaussians over numbers, fitted by expectation maximisation as the published code asks for it: at most 10 rounds, fewer
/// once the mean log likelihood moves by less than 0.01, with 5e-4 added to each variance.
/// </summary>
sealed class TwoGaussians
{
    const int MaxRounds = 10;
    const double Tolerance = 1e-2;
    const double AddedVariance = 5e-4;

    readonly double[] _values;

    /// <summary>Of each value, how much either component is responsible for it; both add up to 1.</summary>
    readonly double[][] _responsibilities;

    readonly double[] _means = new double[2];
    readonly double[] _variances = new double[2];
    readonly double[] _weights = new double[2];

    TwoGaussians(double[] values)
    {
        _values = values;
        _responsibilities = [new double[values.Length], new double[values.Length]];
    }

    /// <summary>Of each value, the posterior probability that it is of the component with the smaller mean; 1 where all values are equal,
    /// and nothing tells two components apart.</summary>
    /// <param name="values">Finite, at least one.</param>
    /// <returns>In [0, 1], as many as values.</returns>
    public static double[] OfSmallerMean(double[] values)
    {
        if (values.Min() == values.Max())
            return [.. values.Select(_ => 1.0)];
        var mixture = new TwoGaussians(values);
        mixture.Start();
        mixture.Maximise();
        var likelihood = double.NegativeInfinity;
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = likelihood;
            likelihood = mixture.Expect();
            mixture.Maximise();
            if (Math.Abs(likelihood - before) < Tolerance)
                break;
        }
        mixture.Expect();
        return mixture._responsibilities[mixture._means[0] <= mixture._means[1] ? 0 : 1];
    }

    /// <summary>
    /// Begins with the two parts that have the least sum of squared distances from their means: what k-means looks for, from
    /// random starts, where the published code begins.
    /// </summary>
    void Start()
    {
        var border = Border([.. _values.Order()]);
        for (var i = 0; i < _values.Length; i++)
            (_responsibilities[0][i], _responsibilities[1][i]) = _values[i] < border ? (1, 0) : (0, 1);
    }

    /// <summary>The smallest value of the upper part.</summary>
    static double Border(double[] ascending)
    {
        var (total, below, best, border) = (ascending.Sum(), 0.0, double.NegativeInfinity, ascending[^1]);
        for (var count = 1; count < ascending.Length; count++)
        {
            below += ascending[count - 1];
            // The squared distances are least where the means, squared and weighted by their parts, are most.
            var above = total - below;
            var between = (below * below / count) + (above * above / (ascending.Length - count));
            if (between > best && ascending[count - 1] < ascending[count])
                (best, border) = (between, ascending[count]);
        }
        return border;
    }

    /// <summary>Weights, means and variances by responsibilities.</summary>
    void Maximise()
    {
        for (var k = 0; k < 2; k++)
        {
            var shares = _responsibilities[k];
            double count = 0,
                sum = 0,
                squares = 0;
            for (var i = 0; i < shares.Length; i++)
            {
                count += shares[i];
                sum += shares[i] * _values[i];
            }
            _means[k] = sum / count;
            for (var i = 0; i < shares.Length; i++)
                squares += shares[i] * (_values[i] - _means[k]) * (_values[i] - _means[k]);
            _variances[k] = (squares / count) + AddedVariance;
            _weights[k] = count / shares.Length;
        }
    }

    /// <summary>Responsibilities by weights, means and variances.</summary>
    /// <returns>The mean log likelihood of a value.</returns>
    double Expect()
    {
        var sum = 0.0;
        for (var i = 0; i < _values.Length; i++)
        {
            var (first, second) = (LogDensity(0, _values[i]), LogDensity(1, _values[i]));
            var larger = Math.Max(first, second);
            var both = larger + Math.Log(Math.Exp(first - larger) + Math.Exp(second - larger));
            _responsibilities[0][i] = Math.Exp(first - both);
            _responsibilities[1][i] = Math.Exp(second - both);
            sum += both;
        }
        return sum / _values.Length;
    }

    double LogDensity(int component, double value)
    {
        var distance = value - _means[component];
        return Math.Log(_weights[component])
            - (0.5 * (Math.Log(2 * Math.PI * _variances[component]) + (distance * distance / _variances[component])));
    }
}
