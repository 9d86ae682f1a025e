using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>Makes the optimizer's steps: by the optimizer itself, or by a kernel of libtorch that does the same to all parameters at
/// once.</summary>
public class OptimizerStep
{
    private readonly optim.Optimizer _optimizer;

    /// <summary>Steps by the optimizer itself.</summary>
    protected OptimizerStep(optim.Optimizer optimizer) => _optimizer = optimizer;

    /// <summary>Chooses who makes the steps of an optimizer.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="fused">True for libtorch's kernels where they do what the optimizer does.</param>
    /// <param name="scaled">True if steps may have to be left out.</param>
    public static OptimizerStep Create(optim.Optimizer optimizer, bool fused, bool scaled)
    {
        if (fused && optimizer is SGD sgd && sgd.GetType() == typeof(SGD) && FusedSgdStep.Fits(sgd, scaled))
            return new FusedSgdStep(sgd);
        // Adam counts its steps, and would have to know of each whether it was left out.
        return (fused && !scaled ? FusedAdamStep.TryCreate(optimizer) : null) ?? new OptimizerStep(optimizer);
    }

    /// <summary>Makes a step.</summary>
    /// <param name="overflow">float32 [1]; where it is 1, no step is made. Null: it is made.</param>
    public virtual void Make(Tensor? overflow)
    {
        // Waits for the device, if it must be known here.
        if (overflow is null || overflow.item<float>() == 0)
            _optimizer.step();
    }
}
