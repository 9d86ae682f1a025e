namespace Sat.Cleaning;

/// <summary>How given and true labels depend on each other, estimated from calibrated counts.</summary>
/// <param name="Prior">Probability of each true class.</param>
/// <param name="NoiseMatrix">[given][true]: probability of the given class, if the true one is known. Columns sum to 1.</param>
/// <param name="InverseNoiseMatrix">[true][given]: probability of the true class, if the given one is known. Columns sum to 1.</param>
public sealed record LatentNoise(
    IReadOnlyList<double> Prior,
    IReadOnlyList<IReadOnlyList<double>> NoiseMatrix,
    IReadOnlyList<IReadOnlyList<double>> InverseNoiseMatrix
)
{
    private const double LargestRate = 0.9999,
        LeastPrior = 1e-6,
        LeastConvergedPrior = 1e-5;

    /// <summary>Estimates it.</summary>
    /// <param name="calibrated">Calibrated counts, [given][true].</param>
    /// <param name="converge">True: noise, inverse and prior are made to agree with each other.</param>
    internal static LatentNoise From(IReadOnlyList<long[]> calibrated, bool converge)
    {
        var classes = calibrated.Count;
        var total = (double)calibrated.Sum(r => r.Sum());
        double[] given = [.. calibrated.Select(r => r.Sum() / total)];
        var noise = Square(classes, (s, y) => Ratio(calibrated[s][y], calibrated.Sum(r => r[y])));
        var inverse = Square(classes, (y, s) => Ratio(calibrated[s][y], calibrated[s].Sum()));
        Clip(noise);
        Clip(inverse);
        var prior = Prior0(noise, inverse, given);
        if (converge)
        {
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 5; j++)
                {
                    inverse = Inverse(noise, prior);
                    prior = Prior0(noise, inverse, given);
                }
                noise = Noise(inverse, given);
            }
            prior = Normalised(prior, LeastConvergedPrior);
        }
        return new LatentNoise(prior, noise, inverse);
    }

    private static double[] Prior0(double[][] noise, double[][] inverse, double[] given) =>
        Normalised([.. given.Select((p, k) => noise[k][k] > 0 ? inverse[k][k] / noise[k][k] * p : 0)], LeastPrior);

    private static double[] Normalised(double[] prior, double least)
    {
        double[] clipped = [.. prior.Select(p => Math.Clamp(p, least, 1))];
        var sum = clipped.Sum();
        return [.. clipped.Select(p => p / sum)];
    }

    /// <summary>Bayes: P(true | given) from P(given | true) and P(true).</summary>
    private static double[][] Inverse(double[][] noise, double[] prior)
    {
        var classes = prior.Length;
        var given = new double[classes];
        for (var s = 0; s < classes; s++)
        {
            for (var y = 0; y < classes; y++)
                given[s] += noise[s][y] * prior[y];
        }
        var inverse = Square(classes, (y, s) => noise[s][y] * prior[y] / Math.Max(given[s], LeastPrior));
        Clip(inverse);
        return inverse;
    }

    /// <summary>Bayes: P(given | true) from P(true | given) and P(given).</summary>
    private static double[][] Noise(double[][] inverse, double[] given)
    {
        var classes = given.Length;
        var prior = new double[classes];
        for (var y = 0; y < classes; y++)
        {
            for (var s = 0; s < classes; s++)
                prior[y] += inverse[y][s] * given[s];
        }
        var noise = Square(classes, (s, y) => inverse[y][s] * given[s] / Math.Max(prior[y], LeastPrior));
        Clip(noise);
        return noise;
    }

    /// <summary>Clips the rates off the diagonal, and scales columns to 1; a column of zeros stays.</summary>
    private static void Clip(double[][] matrix)
    {
        for (var column = 0; column < matrix.Length; column++)
        {
            for (var row = 0; row < matrix.Length; row++)
                if (row != column)
                    matrix[row][column] = Math.Clamp(matrix[row][column], 0, LargestRate);
            var sum = matrix.Sum(r => r[column]);
            if (sum > 0)
                for (var row = 0; row < matrix.Length; row++)
                    matrix[row][column] /= sum;
        }
    }

    private static double[][] Square(int classes, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, classes).Select(i => Enumerable.Range(0, classes).Select(j => value(i, j)).ToArray())];

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;
}
