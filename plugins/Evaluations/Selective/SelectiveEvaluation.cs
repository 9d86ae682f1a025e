using Sat.Evaluations.Representations;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Selective;

/// <summary>
/// Rejects test samples by a score, and measures what is wrong among the others. The error at a coverage is that of the samples up to the
/// k-th smallest score, k being the coverage of all test samples, rounded down; samples of the same score are covered too. Beside it stand
/// the error as the published code finds it, on the part of the test set that it reports, and the honest one: a threshold from the other
/// part, used on this one.
/// </summary>
static class SelectiveEvaluation
{
    /// <summary>What the published code shuffles with before it parts the test set.</summary>
    const uint ShuffleSeed = 10;

    /// <exception cref="SatException">There are no coverages, the test images have no labels, the method is no classifier, the network has
    /// no dropout where it is needed, or a score is not a number (exit code 2).</exception>
    public static IReadOnlyDictionary<string, double> Run(EvaluationContext context, SelectiveEvaluationOptions options)
    {
        double[] coverages = [.. options.Coverages.Distinct().OrderDescending()];
        if (coverages.Length == 0)
            throw new SatException(ExitCode.Planning, "evaluation 'selective' needs at least one coverage (coverages).");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var images = new LabelledImages("selective", "test", context.Dataset.Test, context.Device);
        var predictions = Predictions(Score(context, options, images), images.Labels);
        var report = SelectiveReport.Measure(predictions, coverages, options.Validation, ShuffleSeed);
        context.Files?.Write("risk-coverage.json", report.Write);
        return Metrics(report, options.TargetError);
    }

    static Scored Score(EvaluationContext context, SelectiveEvaluationOptions options, LabelledImages images)
    {
        var outputs = new TestOutputs(context, images);
        if (options.Score == Selective.Score.McDropout)
            return outputs.WithDropout(options.Passes, options.DropoutMeasure);
        var all = outputs.Plain();
        var scored = Scores.SoftmaxResponse(all.narrow(1, 0, context.Dataset.Classes.Count));
        return options.Score == Selective.Score.Method && context.Method() is IConfidence method
            ? scored with
            {
                Rejection = -method.Confidence(all).to(ScalarType.Float64),
            }
            : scored;
    }

    static ScoredPredictions Predictions(Scored scored, Tensor labels)
    {
        if (!scored.Rejection.isfinite().all().item<bool>())
        {
            throw new SatException(
                ExitCode.Planning,
                "evaluation 'selective' cannot order the test samples: the run's outputs are not all finite numbers. Make the run again with a lower learning rate."
            );
        }
        // Only the order counts, but the published search looks from 0 up.
        var rejection = scored.Rejection - scored.Rejection.min().clamp_max(0);
        return new(rejection.cpu().data<double>().ToArray(), scored.Predicted.ne(labels).cpu().data<bool>().ToArray());
    }

    static Dictionary<string, double> Metrics(SelectiveReport report, double targetError)
    {
        var metrics = new Dictionary<string, double>
        {
            [SelectiveMetrics.Area] = report.Curve.Area * 1000,
            [SelectiveMetrics.ExcessArea] = report.Curve.ExcessArea * 1000,
            [SelectiveMetrics.CoverageAtError] = report.Curve.CoverageAt(targetError / 100),
        };
        foreach (var row in report.Rows)
        {
            metrics[SelectiveMetrics.ErrorAt(row.Coverage)] = row.Exact.Error;
            if (row.Published is { Count: > 0 } published)
                metrics[SelectiveMetrics.PublishedErrorAt(row.Coverage)] = published.Error;
            if (row.HeldOut is { Count: > 0 } heldOut)
                metrics[SelectiveMetrics.HeldOutErrorAt(row.Coverage)] = heldOut.Error;
        }
        return metrics;
    }
}
