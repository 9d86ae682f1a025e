using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>A step that the method makes, out of parts that this offers it.</summary>
internal sealed class OwnStep(TrainingState state, IOwnStep method, MethodErrors errors) : TrainingStep, IStepper
{
    private readonly IReadOnlyList<NamedParameter> _parameters = TrainingState.ParametersOf(state.Method);
    private long _step;

    public override Tensor Make(Batch batch)
    {
        _step = batch.Step;
        var loss = method.Step(batch, this);
        return FaultOf(loss, needsGradient: false) is { } fault
            ? throw errors.Of($"returned {fault} from {nameof(IOwnStep)}.{nameof(Step)}. The loss to record is a scalar")
            : loss;
    }

    public void Backward(Tensor loss)
    {
        if (FaultOf(loss, needsGradient: true) is { } fault)
            throw errors.Of($"called {nameof(IStepper)}.{nameof(Backward)} with {fault}. It takes a scalar with a gradient");
        loss.backward();
    }

    public void ClearGradients()
    {
        foreach (var (_, parameter) in _parameters)
            parameter.grad = null;
    }

    public void Step()
    {
        state.GradientsReady(_step);
        state.Groups.Step(overflow: null);
    }

    public void Step(string group)
    {
        var one = state.Groups.Find(group)
            ?? throw errors.Of(
                $"called {nameof(IStepper)}.{nameof(Step)} with '{group}': "
                    + (
                        state.Groups.Names is { Count: > 0 } names
                            ? $"its groups are {string.Join(", ", names)}"
                            : "it has no parameter groups"
                    )
            );
        state.GradientsReady(_step);
        one.Step.Make(overflow: null);
    }
}
