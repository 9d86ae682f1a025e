using System.Globalization;
using Sat.Records.Figures;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Figures;

public sealed record CalibrationOptions
{
    [Option("Bins of equal width that confidences are sorted into", Min = 1, Max = 100)]
    public int Bins { get; init; } = 10;

    [Option("Images at a time; decides nothing of the result", Min = 1)]
    public int BatchSize { get; init; } = 256;
}

/// <summary>Expected calibration error (Guo et al. 2017, equation 3), a reliability diagram, and what the net says for each class.</summary>
internal static class Calibration
{
    public static IReadOnlyDictionary<string, double> Measure(EvaluationContext context, CalibrationOptions options)
    {
        using var scope = NewDisposeScope();
        var test = (ResidentSplit)context.Dataset.Test;
        var images = test.Images.to(ScalarType.Float32).div(255).to(context.Device);
        var probabilities = cat([.. images.split(options.BatchSize).Select(context.Outputs)]).softmax(1).cpu();
        var (best, predicted) = probabilities.max(1);
        var confidence = best.to(ScalarType.Float32).data<float>().ToArray();
        var (labels, guesses) = (test.Labels!.cpu().data<long>().ToArray(), predicted.data<long>().ToArray());
        var bins = Enumerable
            .Range(0, labels.Length)
            .GroupBy(i => Math.Clamp((int)Math.Ceiling(confidence[i] * options.Bins) - 1, 0, options.Bins - 1))
            .Select(g =>
                (Confidence: g.Average(i => confidence[i]), Accuracy: g.Average(i => labels[i] == guesses[i] ? 1.0 : 0), Count: g.Count())
            )
            .OrderBy(b => b.Confidence)
            .ToArray();
        Draw(context, bins.Select(b => ((double)b.Confidence, b.Accuracy)).ToArray(), labels, guesses, confidence);
        return new Dictionary<string, double>
        {
            ["calibration-error"] = bins.Sum(b => b.Count * Math.Abs(b.Confidence - b.Accuracy)) / labels.Length,
        };
    }

    private static void Draw(EvaluationContext context, (double X, double Y)[] bins, long[] labels, long[] guesses, float[] confidence)
    {
        // There are none while the run still trains.
        if (context.Files is not { } files)
            return;
        files.Draw(
            "reliability",
            new LineFigure
            {
                Title = "Reliability on the test set",
                Note = "Where the net is calibrated, its accuracy is its confidence.",
                X = "confidence",
                Y = "accuracy",
                Lines =
                [
                    new("measured", [.. bins.Select(b => b.X)], [.. bins.Select(b => b.Y)]),
                    new("calibrated", [bins[0].X, bins[^1].X], [bins[0].X, bins[^1].X]),
                ],
            }
        );
        var classes = context.Dataset.Classes;
        var said = new double[classes.Count][];
        for (var given = 0; given < classes.Count; given++)
        {
            var of = Enumerable.Range(0, labels.Length).Where(i => labels[i] == given).ToArray();
            said[given] = [.. classes.Select((_, guess) => of.Count(i => guesses[i] == guess) / (double)Math.Max(1, of.Length))];
        }
        files.Draw(
            "said",
            new MatrixFigure
            {
                Title = "What the net says for each class",
                Down = "classes",
                Across = "what the net says, as a share of the class",
                Rows = classes,
                Columns = classes,
                Values = said,
            }
        );
        files.Draw(
            "classes",
            new TableFigure
            {
                Title = "Confidence and accuracy by predicted class",
                Columns = ["class", "images", "mean confidence", "accuracy"],
                Rows =
                [
                    .. classes.Select(
                        (name, c) =>
                        {
                            var of = Enumerable.Range(0, labels.Length).Where(i => guesses[i] == c).ToArray();
                            string Share(double sum) =>
                                of.Length == 0 ? "–" : (sum / of.Length).ToString("0.000", CultureInfo.InvariantCulture);
                            return (IReadOnlyList<string>)
                                [
                                    name,
                                    of.Length.ToString(CultureInfo.InvariantCulture),
                                    Share(of.Sum(i => confidence[i])),
                                    Share(of.Count(i => labels[i] == c)),
                                ];
                        }
                    ),
                ],
            }
        );
    }
}
