using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.DivideMix;

/// <summary>Which samples one network takes for rightly labelled (section 3.1): all of them, until it divides them by its losses.</summary>
sealed class Division
{
    readonly double _threshold;

    /// <summary>Normalised losses of the last surveys, float64 [surveys, samples], the next one in place of the oldest.</summary>
    readonly Tensor _losses;

    long _surveys;
    long _kept;

    public Division(TrainingTask task, DivideMixOptions options)
    {
        _threshold = options.PThreshold;
        _kept = task.Samples;
        _losses = zeros(options.LossEpochs, task.Samples, ScalarType.Float64, task.Device).DetachFromDisposeScope();
        Clean = ones(task.Samples, ScalarType.Float32, task.Device).DetachFromDisposeScope();
    }

    /// <summary>Each sample's probability of a right label (w), float32 [samples].</summary>
    public Tensor Clean { get; }

    /// <summary>How many samples keep their label.</summary>
    public long Kept => _kept;

    /// <summary>How many samples are trained on with their label: all, if none keeps it. Known without the device.</summary>
    public long Labelled => _kept > 0 ? _kept : Clean.shape[0];

    /// <summary>Divides the samples by a mixture of two Gaussians that is fitted to their losses.</summary>
    /// <param name="losses">float64 [samples], without a gradient.</param>
    public void Divide(Tensor losses)
    {
        using var scope = NewDisposeScope();
        var (least, most) = (losses.min(), losses.max());
        // Equal losses are of no use, nor are those of a network that has diverged, whose next loss ends the run.
        var normalised = (most - least).item<double>() > 0 ? (losses - least) / (most - least) : zeros_like(losses);
        var kept = _losses.shape[0];
        _losses.select(0, _surveys % kept).copy_(normalised);
        _surveys++;
        var mean = _losses.narrow(0, 0, Math.Min(_surveys, kept)).mean([0L]).cpu();
        var clean = TwoGaussians.OfSmallerMean(mean.data<double>().ToArray());
        Clean.copy_(tensor(clean));
        _kept = Clean.cpu().gt(_threshold).sum().item<long>();
    }

    /// <summary>Positions of the samples that keep their label, int64 on the host; all, if none would.</summary>
    public Tensor LabelledPositions() => OrAll(Clean.gt(_threshold));

    /// <summary>Positions of the samples that lose it, int64 on the host; all, if none would.</summary>
    public Tensor UnlabelledPositions() => OrAll(Clean.le(_threshold));

    /// <summary>What checkpoints must hold.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State(string network) =>
        [new($"clean-{network}", Clean), new($"losses-{network}", _losses)];

    /// <summary>What checkpoints must hold.</summary>
    public void Numbers(IStateNumbers numbers, string network)
    {
        numbers.Keep($"surveys-{network}", ref _surveys);
        numbers.Keep($"labelled-{network}", ref _kept);
    }

    static Tensor OrAll(Tensor chosen)
    {
        var positions = chosen.cpu().nonzero().flatten();
        return positions.shape[0] > 0 ? positions : arange(chosen.shape[0], ScalarType.Int64);
    }
}
