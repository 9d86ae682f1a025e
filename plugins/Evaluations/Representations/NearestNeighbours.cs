using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Representations;

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
