using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>A step of training: from a batch to changed parameters.</summary>
internal abstract class TrainingStep
{
    /// <summary>The step that a method wants: its own, or the engine's.</summary>
    public static TrainingStep Create(TrainingState state, MethodErrors errors) =>
        state.Method is IOwnStep own ? new OwnStep(state, own, errors) : new LossStep(state, errors);

    /// <summary>Makes the step.</summary>
    /// <returns>The loss to record, a scalar.</returns>
    /// <exception cref="Records.SatException">The method does something that it may not (exit code 3).</exception>
    public abstract Tensor Make(Batch batch);

    /// <summary>What is wrong with a loss; null: nothing.</summary>
    protected static string? FaultOf(Tensor? loss, bool needsGradient) =>
        loss is null ? "null for its loss"
        : loss.IsInvalid ? "a loss that it had disposed"
        : loss.NumberOfElements != 1 ? $"a loss of shape [{string.Join(", ", loss.shape)}]"
        : needsGradient && !loss.requires_grad ? "a loss without a gradient: nothing would be learned from it"
        : null;
}
