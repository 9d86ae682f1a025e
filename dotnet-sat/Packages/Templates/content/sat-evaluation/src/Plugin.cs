using Sat.Records.Metrics;
using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace MyEvaluation;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddEvaluation<MyEvaluationOptions>(
            "my-evaluation",
            "Calibration: how far confidence is from accuracy on the test set",
            Measure,
            new()
            {
                NeedsClassifier = true,
                Metrics =
                [
                    new()
                    {
                        Name = "calibration-error",
                        Title = "expected calibration error",
                        Unit = MetricUnit.Share,
                        Better = MetricDirection.Lower,
                        IsMain = true,
                    },
                ],
            }
        );

    private static IReadOnlyDictionary<string, double> Measure(EvaluationContext context, MyEvaluationOptions options)
    {
        using var scope = NewDisposeScope();
        var test = (ResidentSplit)context.Dataset.Test;
        var images = test.Images.to(ScalarType.Float32).div(255).to(context.Device);
        var probabilities = cat([.. images.split(options.BatchSize).Select(context.Outputs)]).softmax(1);
        var (confidence, predicted) = probabilities.max(1);
        var right = predicted.eq(test.Labels!.to(context.Device)).to(ScalarType.Float32);
        var error = 0.0;
        for (var bin = 0; bin < options.Bins; bin++)
        {
            var within = confidence
                .gt((double)bin / options.Bins)
                .logical_and(confidence.le((bin + 1.0) / options.Bins))
                .to(ScalarType.Float32);
            error += Math.Abs(((right - confidence) * within).sum().ToDouble()) / test.Count;
        }
        return new Dictionary<string, double> { ["calibration-error"] = error };
    }
}

public sealed record MyEvaluationOptions
{
    [Option("Bins of equal width that confidences are sorted into", Min = 1)]
    public int Bins { get; init; } = 15;

    [Option("Images at a time; decides nothing of the result", Min = 1)]
    public int BatchSize { get; init; } = 256;
}
