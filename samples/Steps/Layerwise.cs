using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Steps;

public sealed record LayerwiseOptions
{
    [Option("The backbone's learning rate as a share of the head's, which is the study's", Min = 0, AboveMin = true)]
    public double BackboneFactor { get; init; } = 0.1;
}

internal sealed class Layerwise(TrainingTask task, LayerwiseOptions options) : ClassifierMethod(task), IParameterGroups
{
    public IReadOnlyList<ParameterGroup> Groups =>
        [new("backbone", Backbone.parameters(), options.BackboneFactor), new("head", Model.Head.parameters())];

    public override Tensor Loss(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels);
}
