using Sat.Sdk;

namespace Sat.Training.Standard;

/// <summary>k / W at step k of the first W, then m + (1 - m) (1 + cos(pi (k - W) / (K - W))) / 2, K in all, for minimum m (arXiv
/// 2006.07733, section 3.3, and its code).</summary>
sealed class WarmupCosineSchedule(WarmupCosineOptions options) : ISchedule
{
    public double Factor(TrainingTime time)
    {
        var elapsed = (double)time.Step / time.StepsPerEpoch;
        if (elapsed < options.WarmupEpochs)
            return elapsed / options.WarmupEpochs;
        var share = (elapsed - options.WarmupEpochs) / (time.Epochs - options.WarmupEpochs);
        return options.Minimum + (1 - options.Minimum) * 0.5 * (1 + Math.Cos(Math.PI * share));
    }
}
