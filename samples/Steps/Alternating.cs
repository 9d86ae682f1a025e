using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Steps;

public sealed record AlternatingOptions
{
    [Option("Steps of the head before each step of the backbone", Min = 1)]
    public int HeadSteps { get; init; } = 2;
}

/// <summary>The head steps with its own gradient; those of the backbone add up until it is the backbone's turn.</summary>
internal sealed class Alternating(TrainingTask task, AlternatingOptions options) : ClassifierMethod(task), IOwnStep, IParameterGroups
{
    public IReadOnlyList<ParameterGroup> Groups => [new("backbone", Backbone.parameters()), new("head", Model.Head.parameters())];

    public override Tensor Loss(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels);

    public Tensor Step(Batch batch, IStepper stepper)
    {
        foreach (var parameter in Model.Head.parameters())
            parameter.grad = null;
        var loss = Loss(batch);
        stepper.Backward(loss);
        stepper.Step("head");
        if (batch.Step % (options.HeadSteps + 1) == options.HeadSteps)
        {
            stepper.Step("backbone");
            stepper.ClearGradients();
        }
        return loss;
    }
}
