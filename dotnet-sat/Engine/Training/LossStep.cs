using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The engine's own step: the method's loss, its gradients, a step of each optimizer.</summary>
internal sealed class LossStep(TrainingState state, MethodErrors errors) : TrainingStep
{
    private readonly IReadOnlyList<NamedParameter> _parameters = TrainingState.ParametersOf(state.Method);

    public override Tensor Make(Batch batch)
    {
        var loss = state.Method.Loss(batch);
        if (FaultOf(loss, needsGradient: true) is { } fault)
            throw errors.Of($"returned {fault}. A loss is a scalar computed from the network's outputs, such as the mean over the batch");
        // After the loss: a method that crafts its inputs may have left gradients on the weights.
        foreach (var (_, parameter) in _parameters)
            parameter.grad = null;
        if (state.Scaler is not { } scaler)
        {
            loss.backward();
            state.GradientsReady(batch.Step);
            state.Groups.Step(overflow: null);
        }
        else
        {
            scaler.Scale(loss).backward();
            using var overflow = scaler.Unscale([.. _parameters.Select(p => p.Parameter.grad).OfType<Tensor>()]);
            state.GradientsReady(batch.Step);
            state.Groups.Step(overflow);
            scaler.Update(overflow);
        }
        return loss;
    }
}
