using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// A method that makes the training step itself: with two gradients (SAM), in phases, or with optimizers in turn
/// (<see cref="IParameterGroups"/>). The engine then never calls <see cref="Method.Loss"/>. Such a method does not train in <c>fp16</c>,
/// whose scaled loss only the engine's own step knows how to handle.
/// </summary>
public interface IOwnStep
{
    /// <summary>
    /// Trains on a batch, the networks being in training mode and gradients on. It need not make an optimizer's step: gradients that are
    /// not cleared stay until the next batch, and checkpoints hold them.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stepper">What the engine does for it; of use until this returns.</param>
    /// <returns>The loss to record: a scalar, such as the mean over the batch. It needs no gradient.</returns>
    Tensor Step(Batch batch, IStepper stepper);
}
