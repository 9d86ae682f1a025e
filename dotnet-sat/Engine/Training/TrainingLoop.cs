using Sat.Engine.Randomness;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine.Training;

/// <summary>How long and how fast is trained.</summary>
/// <param name="Spec">The run.</param>
/// <param name="Schedule">The learning rate's factor at each step.</param>
/// <param name="Seeds">Seeds the global generator at each step and evaluation.</param>
/// <param name="Time">By which it measures seconds.</param>
public sealed record TrainingLoop(RunSpec Spec, ISchedule Schedule, Seeds Seeds, TimeProvider Time)
{
    /// <summary>Epochs, batches, how often is evaluated.</summary>
    public TrainingSpec Training => Spec.Training;
}
