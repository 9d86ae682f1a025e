using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Representations;

sealed record KnnOptions
{
    [Option("Neighbours that vote; all training images if there are fewer.", Min = 1)]
    public int K { get; init; } = 200;

    [Option("Temperature T: a neighbour of cosine similarity s votes with exp(s / T).", Min = 0, AboveMin = true)]
    public double Temperature { get; init; } = 0.1;
}

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

/// <summary>A vote of the nearest neighbours (arXiv 1805.01978, section 3.4).</summary>
static class NearestNeighbours
{
    /// <summary>Queries that are compared with all of the bank at once.</summary>
    const long Queries = 256;

    /// <param name="bank">[n, d].</param>
    /// <param name="labels">int64 [n].</param>
    /// <param name="queries">[q, d].</param>
    /// <param name="classes">K.</param>
    /// <param name="k">Neighbours.</param>
    /// <param name="temperature">T.</param>
    /// <param name="stop">Asks to stop.</param>
    /// <returns>The sum of exp(s / T) over each query's neighbours of each class, [q, K]; s is the cosine similarity.</returns>
    public static Tensor Votes(
        Tensor bank,
        Tensor labels,
        Tensor queries,
        long classes,
        int k,
        double temperature,
        CancellationToken stop = default
    )
    {
        using var scope = NewDisposeScope();
        var neighbours = (int)Math.Min(k, bank.shape[0]);
        var directions = normalize(bank, dim: 1).t();
        var votes = zeros([queries.shape[0], classes], bank.dtype, bank.device);
        for (var start = 0L; start < queries.shape[0]; start += Queries)
        {
            stop.ThrowIfCancellationRequested();
            using var batchScope = NewDisposeScope();
            var some = normalize(queries.narrow(0, start, Math.Min(Queries, queries.shape[0] - start)), dim: 1);
            var (similarities, nearest) = some.matmul(directions).topk(neighbours, dim: 1);
            var voters = labels.index_select(0, nearest.flatten()).view(nearest.shape);
            votes.narrow(0, start, some.shape[0]).scatter_add_(1, voters, (similarities / temperature).exp());
        }
        return votes.MoveToOuterDisposeScope();
    }
}
