using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Files;

public sealed record DistillationOptions
{
    [Option(
        "The weights.safetensors of an earlier run with the same model, whose method is one classifier",
        IsPath = true,
        Required = true
    )]
    public string? Teacher { get; init; }

    [Option("By which logits are divided before they are compared", Min = 0, AboveMin = true)]
    public double Temperature { get; init; } = 4;

    [Option("Weight of the teacher's part of the loss", Min = 0, Max = 1)]
    public double Weight { get; init; } = 0.9;
}

/// <summary>w t^2 KL(teacher / t, student / t) + (1 - w) cross-entropy.</summary>
internal sealed class Distillation : ClassifierMethod
{
    private readonly Classifier _teacher;
    private readonly DistillationOptions _options;

    public Distillation(TrainingTask task, DistillationOptions options)
        : base(task)
    {
        _options = options;
        _teacher = task.CreateClassifier(task.Classes.Count);
        task.LoadNetwork(options.Teacher!, _teacher);
        _teacher.eval();
    }

    public override Tensor Loss(Batch batch)
    {
        var (t, w) = (_options.Temperature, _options.Weight);
        var logits = Model.call(batch.Images);
        Tensor target;
        using (no_grad())
            target = softmax(_teacher.call(batch.Images) / t, 1);
        var teacher = kl_div(log_softmax(logits / t, 1), target, reduction: nn.Reduction.Sum) / logits.shape[0];
        return w * t * t * teacher + (1 - w) * cross_entropy(logits, batch.Labels);
    }
}
