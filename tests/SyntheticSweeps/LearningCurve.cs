using Sat.Records.Metrics;

namespace Sat.SyntheticSweeps;

/// <summary>How a made-up run learns: fits the right labels first, then memorises the wrong ones, as far as its method lets it.</summary>
/// <param name="Ceiling">Test accuracy that it would reach without wrong labels.</param>
/// <param name="WrongLabels">Share of the training labels that are wrong.</param>
/// <param name="Resistance">How much of the memorising the method prevents, 0 to 1.</param>
/// <param name="Corrects">True if the method changes labels.</param>
/// <param name="Seed">Of its jitter.</param>
internal sealed record LearningCurve(double Ceiling, double WrongLabels, double Resistance, bool Corrects, int Seed)
{
    private const int TestSamples = 10_000;

    /// <summary>The metrics of each epoch.</summary>
    public IEnumerable<IReadOnlyDictionary<string, double>> Epochs(int epochs)
    {
        var random = new Random(Seed);
        var talent = Jitter(random, 0.008);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var t = (double)epoch / epochs;
            var calm = Math.Cos(Math.PI * t) / 2 + 0.5;
            var fitted = 1 - Math.Exp(-12 * t);
            var memorised = (1 - Resistance) * Smooth((t - 0.25) / 0.6);
            var test =
                (Ceiling + talent - 0.25 * WrongLabels * WrongLabels) * fitted
                - 0.9 * WrongLabels * Ceiling * memorised
                + Jitter(random, 0.02 * calm + 0.001);
            var values = new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Loss] = 2.3 * (1 - 0.55 * fitted - 0.44 * memorised * t) + Jitter(random, 0.01),
                [MetricNames.LearningRate] = 0.1 * calm,
                [MetricNames.TestAccuracy] = Share(test),
                [MetricNames.NoisyTrainAccuracy] = Share(
                    (1 - WrongLabels) * fitted * (0.96 + 0.04 * t) + WrongLabels * memorised + Jitter(random, 0.004)
                ),
                [MetricNames.CleanTrainAccuracy] = Share(
                    Math.Min(0.999, Ceiling + 0.04) * fitted - WrongLabels * memorised + Jitter(random, 0.004)
                ),
            };
            if (Corrects)
            {
                values[MetricNames.LabelsRecovered] = WrongLabels > 0 ? Share(0.93 * Resistance * Smooth((t - 0.2) / 0.5)) : 0;
                values[MetricNames.CleanLabelsChanged] = Share(0.03 * Smooth((t - 0.2) / 0.3));
                values[MetricNames.LabelAccuracy] = Share(1 - WrongLabels * (1 - values[MetricNames.LabelsRecovered]));
            }
            yield return values;
        }
    }

    private static double Smooth(double x)
    {
        var t = Math.Clamp(x, 0, 1);
        return t * t * (3 - 2 * t);
    }

    private static double Jitter(Random random, double size) => size * (2 * random.NextDouble() - 1);

    /// <summary>A share of test samples, as counting gives it.</summary>
    private static double Share(double value) => Math.Round(TestSamples * Math.Clamp(value, 0, 1)) / TestSamples;
}
