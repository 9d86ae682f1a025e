using Sat.Records.Metrics;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Measures;

/// <summary>
/// Watches representations for collapse: it keeps those of an epoch's last samples, as they were while training, and
/// measures them when the epoch is over.
/// </summary>
sealed class CollapseMeter
{
    /// <summary>Samples that are enough to measure on; fewer are kept where there are fewer.</summary>
    const long Enough = 1024;

    /// <summary>Below this share of the deviation of vectors that fill the sphere, and below this effective rank, projections count as
    /// collapsed.</summary>
    const double LeastSpread = 0.1,
        LeastRank = 1.5;

    readonly long _samples;
    readonly long _stepsPerEpoch;
    readonly Tensor _features;
    readonly Tensor _projections;
    readonly Tensor _partners;

    /// <param name="task">What is trained on.</param>
    /// <param name="features">Length of the features (F).</param>
    /// <param name="dimension">Length of a projection (D).</param>
    public CollapseMeter(TrainingTask task, long features, long dimension)
    {
        (_samples, _stepsPerEpoch) = (task.SamplesPerEpoch, task.StepsPerEpoch);
        Tensor Rows(long length) =>
            full([Math.Min(_samples, Enough), length], double.NaN, ScalarType.Float32, task.Device).DetachFromDisposeScope();
        _features = Rows(features);
        _projections = Rows(dimension);
        _partners = Rows(dimension);
        State = new Dictionary<string, Tensor>
        {
            ["watched-features"] = _features,
            ["watched-projections"] = _projections,
            ["watched-partners"] = _partners,
        };
    }

    /// <summary>What is kept, for checkpoints: a run that goes on within an epoch measures what it would have.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Takes what was made of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="features">f(v), float32 [batch, F].</param>
    /// <param name="projections">g(f(v)), float32 [batch, D].</param>
    /// <param name="partners">The same of another view of each sample, or what stands for it, float32 [batch, D].</param>
    public void Observe(Batch batch, Tensor features, Tensor projections, Tensor partners)
    {
        using var noGradient = no_grad();
        var step = batch.Step % _stepsPerEpoch;
        var count = batch.Indices.shape[0];
        // Batches are of one size but for an epoch's last.
        var start = (step == _stepsPerEpoch - 1 ? _samples - count : step * count) - (_samples - _features.shape[0]);
        var skip = Math.Clamp(-start, 0, count);
        if (skip == count)
            return;
        void Keep(Tensor kept, Tensor seen) => kept.narrow(0, start + skip, count - skip).copy_(seen.narrow(0, skip, count - skip));
        Keep(_features, features);
        Keep(_projections, projections);
        Keep(_partners, partners);
    }

    /// <summary>What <see cref="Measure"/> reports.</summary>
    public static IReadOnlyList<MetricSchema> Schemas { get; } =
    [
        new() { Name = "feature-std", Title = "standard deviation of the features" },
        new() { Name = "feature-rank", Title = "effective rank of the features" },
        new() { Name = "projection-std", Title = "standard deviation of the projections" },
        new() { Name = "projection-rank", Title = "effective rank of the projections" },
        new()
        {
            Name = "alignment",
            Title = "alignment of the views",
            Better = MetricDirection.Lower,
        },
        new()
        {
            Name = "uniformity",
            Title = "uniformity of the projections",
            Better = MetricDirection.Lower,
        },
        new()
        {
            Name = "collapsed",
            Title = "state of the representations",
            Better = MetricDirection.Lower,
            Alarm = new("collapsed", "collapsed onto nearly one representation, whatever the loss says"),
        },
    ];

    /// <summary>The measures of the last epoch; not a number when none was observed to its end, or when it went wrong.</summary>
    public IReadOnlyDictionary<string, double> Measure()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var whole = _features.shape[0] > 1 && new[] { _features, _projections, _partners }.All(t => t.isfinite().all().item<bool>());
        double Of(Func<Tensor> measure) => whole ? measure().item<double>() : double.NaN;
        var (deviation, rank) = (Of(() => Spread.Deviation(_projections)), Of(() => Spread.EffectiveRank(_projections)));
        return new Dictionary<string, double>
        {
            ["feature-std"] = Of(() => Spread.Deviation(_features)),
            ["feature-rank"] = Of(() => Spread.EffectiveRank(_features)),
            ["projection-std"] = deviation,
            ["projection-rank"] = rank,
            ["alignment"] = Of(() => Spread.Alignment(_projections, _partners)),
            ["uniformity"] = Of(() => Spread.Uniformity(_projections)),
            // All one vector, or all along one line.
            ["collapsed"] =
                !whole ? double.NaN
                : deviation * Math.Sqrt(_projections.shape[1]) < LeastSpread || rank < LeastRank ? 1
                : 0,
        };
    }
}
