using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Measures;

/// <summary>
/// Watches representations for collapse: it keeps those of an epoch's last batches, as they were while training, and
/// measures them when the epoch is over.
/// </summary>
/// <param name="stepsPerEpoch">Steps in an epoch.</param>
sealed class CollapseMeter(long stepsPerEpoch)
{
    /// <summary>Samples that are enough to measure on; fewer are kept where an epoch has fewer.</summary>
    const long Enough = 1024;

    readonly List<(Tensor Features, Tensor Projections, Tensor Partners)> kept = [];
    int epoch = -1;

    /// <summary>Takes what was made of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="features">f(v), float32 [batch, F].</param>
    /// <param name="projections">g(f(v)), float32 [batch, D].</param>
    /// <param name="partners">The same of another view of each sample, or what stands for it, float32 [batch, D].</param>
    public void Observe(Batch batch, Tensor features, Tensor projections, Tensor partners)
    {
        if (batch.Epoch != epoch)
        {
            Forget();
            epoch = batch.Epoch;
        }
        // The last batch may be a small one, so the one before it always counts.
        var batchesAfter = stepsPerEpoch - 1 - (batch.Step % stepsPerEpoch);
        if ((batchesAfter - 1) * batch.Indices.shape[0] < Enough)
            kept.Add((Keep(features), Keep(projections), Keep(partners)));
    }

    /// <summary>The measures of the last epoch; not a number when nothing was observed.</summary>
    public IReadOnlyDictionary<string, double> Measure()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var whole = kept.Sum(k => k.Features.shape[0]) > 1;
        double Of(Func<Tensor> measure) => whole ? measure().item<double>() : double.NaN;
        Tensor Joined(Func<(Tensor Features, Tensor Projections, Tensor Partners), Tensor> part) => cat([.. kept.Select(part)]);
        return new Dictionary<string, double>
        {
            ["feature-std"] = Of(() => Spread.Deviation(Joined(k => k.Features))),
            ["feature-rank"] = Of(() => Spread.EffectiveRank(Joined(k => k.Features))),
            ["projection-std"] = Of(() => Spread.Deviation(Joined(k => k.Projections))),
            ["projection-rank"] = Of(() => Spread.EffectiveRank(Joined(k => k.Projections))),
            ["alignment"] = Of(() => Spread.Alignment(Joined(k => k.Projections), Joined(k => k.Partners))),
            ["uniformity"] = Of(() => Spread.Uniformity(Joined(k => k.Projections))),
        };
    }

    static Tensor Keep(Tensor values)
    {
        using var noGradient = no_grad();
        return values.detach().to(ScalarType.Float32, copy: true).DetachFromDisposeScope();
    }

    void Forget()
    {
        foreach (var (features, projections, partners) in kept)
        {
            features.Dispose();
            projections.Dispose();
            partners.Dispose();
        }
        kept.Clear();
    }
}
