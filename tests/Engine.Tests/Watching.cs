using Sat.Sdk;

namespace Sat.Engine.Tests;

/// <summary>Tells of each step that begins; the learning rate stays.</summary>
sealed class Watching(Action<TrainingTime> begins) : ISchedule
{
    public double Factor(TrainingTime time)
    {
        begins(time);
        return 1;
    }
}
