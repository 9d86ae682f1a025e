namespace Sat.Sdk;

/// <summary>A schedule of the learning rate.</summary>
public interface ISchedule
{
    /// <summary>What the optimizer's learning rate is multiplied by at a step.</summary>
    double Factor(TrainingTime time);
}
