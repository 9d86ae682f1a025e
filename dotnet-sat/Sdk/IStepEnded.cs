namespace Sat.Sdk;

/// <summary>A method that acts after the optimizer's step, such as one with a momentum encoder.</summary>
public interface IStepEnded
{
    /// <summary>Called after each optimizer step, without gradients.</summary>
    /// <param name="step">The step just made, counted from 0 over all epochs.</param>
    void StepEnded(long step);
}
