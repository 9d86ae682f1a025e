using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Steps;

public sealed record ClippedOptions
{
    [Option("Largest length of all gradients together", Min = 0, AboveMin = true)]
    public double MostLength { get; init; } = 1;
}

internal sealed class Clipped(TrainingTask task, ClippedOptions options) : ClassifierMethod(task), IGradientsReady
{
    public override Tensor Loss(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels);

    /// <summary>With tensors alone: a number read here would wait for the device.</summary>
    public void GradientsReady(long step)
    {
        Tensor[] gradients = [.. Network.parameters().Select(p => p.grad).OfType<Tensor>()];
        var length = stack(gradients.Select(g => g.norm())).norm();
        var factor = (options.MostLength / (length + 1e-6)).clamp_max(1);
        foreach (var gradient in gradients)
            gradient.mul_(factor);
    }
}
