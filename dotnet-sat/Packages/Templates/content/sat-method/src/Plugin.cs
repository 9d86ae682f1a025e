using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace MyMethod;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddMethod<MyMethodOptions>("my-method", "Cross entropy on smoothed labels", (task, options) =>
            new MyMethod(task, options)
        );
}

public sealed record MyMethodOptions
{
    [Option("Probability mass spread over all classes", Min = 0, Max = 1, BelowMax = true)]
    public double Smoothing { get; init; } = 0.1;
}

/// <summary>One classifier with an output for each class. The engine makes batches, gradients and steps; the method says what the loss
/// is.</summary>
internal sealed class MyMethod(TrainingTask task, MyMethodOptions options) : ClassifierMethod(task)
{
    /// <summary>A scalar with a gradient. Tensors that are made here are disposed after the step.</summary>
    public override Tensor Loss(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels, label_smoothing: options.Smoothing);
}
