using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Training.Standard;

sealed class ConstantSchedule : ISchedule
{
    public double Factor(TrainingTime time) => 1;
}

sealed record StepOptions
{
    [Option(
        "Epochs, counted from 0, at whose start the learning rate is multiplied.",
        Min = 0,
        Required = true,
        Before = "training.epochs",
        NoEffect = "{id} would change the learning rate at epoch {value} of {bound}, which the run does not reach: {path} has no effect there"
    )]
    public int[] Milestones { get; init; } = [];

    [Option("The factor to multiply it by.", Min = 0, AboveMin = true)]
    public double Factor { get; init; } = 0.1;
}

sealed class StepSchedule(StepOptions options) : ISchedule
{
    public double Factor(TrainingTime time) => Math.Pow(options.Factor, options.Milestones.Count(m => m <= time.Epoch));
}

enum CosineUnit
{
    Epoch,
    Step,
}

sealed record CosineOptions
{
    [Option("How often the learning rate is set: once an epoch, as in the SAT papers, or at each step.")]
    public CosineUnit Per { get; init; }

    [Option("The factor that the curve falls to.", Min = 0, Max = 1)]
    public double Minimum { get; init; }
}

/// <summary>m + (1 - m) (1 + cos(pi e / E)) / 2, for epoch e of E and minimum m; with m = 0 the schedule of arXiv 2002.10319.</summary>
sealed class CosineSchedule(CosineOptions options) : ISchedule
{
    public double Factor(TrainingTime time)
    {
        var elapsed = options.Per == CosineUnit.Step ? (double)time.Step / time.StepsPerEpoch : time.Epoch;
        return options.Minimum + (1 - options.Minimum) * 0.5 * (1 + Math.Cos(Math.PI * elapsed / time.Epochs));
    }
}

sealed record WarmupCosineOptions
{
    [Option(
        "Epochs in which the learning rate rises linearly from 0; a run of fewer epochs ends while it rises.",
        Min = 0,
        Before = "training.epochs",
        NoEffect = "{id} would raise the learning rate for {value} epochs of {bound} ({path}): it never reaches its full value, and the curve after it has no effect"
    )]
    public int WarmupEpochs { get; init; } = 10;

    [Option("The factor that the curve falls to.", Min = 0, Max = 1)]
    public double Minimum { get; init; }
}

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
