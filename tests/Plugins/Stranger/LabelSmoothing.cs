using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Stranger;

public sealed class StrangersPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddMethod<SmoothingOptions>("label-smoothing", "Cross-entropy on smoothed labels", (task, options) =>
            new LabelSmoothing(task, options)
        );
}

public sealed record SmoothingOptions
{
    [Option("Probability mass spread over all classes", Min = 0, Max = 1, BelowMax = true)]
    public double Smoothing { get; init; } = 0.1;
}

internal sealed class LabelSmoothing(TrainingTask task, SmoothingOptions options) : ClassifierMethod(task)
{
    public override Tensor Loss(Batch batch) =>
        cross_entropy(Model.forward(batch.Images), batch.Labels, label_smoothing: options.Smoothing);
}
