using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Representations;

static class KnnEvaluation
{
    /// <summary><c>knn-top1</c>, the share of test images that are given their class.</summary>
    public static IReadOnlyDictionary<string, double> Run(EvaluationContext context, KnnOptions options)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        context.Backbone.eval();
        using var train = new LabelledImages("knn", "training", context.Dataset.Train, context.Device);
        using var test = new LabelledImages("knn", "test", context.Dataset.Test, context.Device);
        var features = new Features(context);
        double images = train.Count + test.Count;
        var bank = features.Compute(train, n => context.Progress?.Invoke(n / images));
        var queries = features.Compute(test, n => context.Progress?.Invoke((train.Count + n) / images));
        var votes = NearestNeighbours.Votes(
            bank,
            train.Labels,
            queries,
            context.Dataset.Classes.Count,
            options.K,
            options.Temperature,
            context.Stop
        );
        return new Dictionary<string, double>
        {
            ["knn-top1"] = votes.argmax(1).eq(test.Labels).to(ScalarType.Float64).mean().item<double>(),
        };
    }
}
