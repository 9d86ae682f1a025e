using Sat.Sdk;

namespace Sat.Training.Standard;

sealed class StepSchedule(StepOptions options) : ISchedule
{
    public double Factor(TrainingTime time) => Math.Pow(options.Factor, options.Milestones.Count(m => m <= time.Epoch));
}
