using Sat.Sdk;

namespace Sat.Training.Standard;

sealed class ConstantSchedule : ISchedule
{
    public double Factor(TrainingTime time) => 1;
}
