using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>The parts of a training step, for a method that puts them together by itself (<see cref="IOwnStep"/>). What cannot be done
/// fails the run, with a message that names the method.</summary>
public interface IStepper
{
    /// <summary>Computes gradients and adds them to those that are there.</summary>
    /// <param name="loss">A scalar with a gradient.</param>
    void Backward(Tensor loss);

    /// <summary>Clears the gradients of all parameters that the method trains.</summary>
    void ClearGradients();

    /// <summary>Makes a step of every optimizer, with the gradients that are there; they stay. Parameters without a gradient stay as they
    /// are.</summary>
    void Step();

    /// <summary>Makes a step of the optimizer of one group.</summary>
    /// <param name="group">A name of <see cref="IParameterGroups.Groups"/>.</param>
    void Step(string group);
}
