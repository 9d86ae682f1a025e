using Sat.Sdk;

namespace Sat.Training.Standard;

/// <summary>m + (1 - m) (1 + cos(pi e / E)) / 2, for epoch e of E and minimum m; with m = 0 the schedule of arXiv 2002.10319.</summary>
sealed class CosineSchedule(CosineOptions options) : ISchedule
{
    public double Factor(TrainingTime time)
    {
        var elapsed = options.Per == CosineUnit.Step ? (double)time.Step / time.StepsPerEpoch : time.Epoch;
        return options.Minimum + (1 - options.Minimum) * 0.5 * (1 + Math.Cos(Math.PI * elapsed / time.Epochs));
    }
}
