using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Batches;

public sealed record SmallLossOptions
{
    [Option("Share of the samples that are trained on from the second epoch on", Min = 0, Max = 1, AboveMin = true)]
    public double Share { get; init; } = 0.6;
}

/// <summary>At the start of an epoch it selects the samples whose loss was smallest in the last one; the others do not count.</summary>
internal sealed class SmallLoss : ClassifierMethod, IMethodState, IEpochStarted, ISampleSelection
{
    private readonly SmallLossOptions _options;
    private readonly Tensor _losses;

    public SmallLoss(TrainingTask task, SmallLossOptions options)
        : base(task)
    {
        _options = options;
        _losses = zeros(task.Samples, device: task.Device).DetachFromDisposeScope();
        Selected = ones(task.Samples, ScalarType.Bool, task.Device).DetachFromDisposeScope();
        State = new Dictionary<string, Tensor> { ["losses"] = _losses, ["selected"] = Selected };
    }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public Tensor Selected { get; }

    public void EpochStarted(int epoch)
    {
        if (epoch > 0)
            Selected.copy_(_losses.argsort().argsort().lt(Math.Max(1, (long)(_options.Share * Task.Samples))));
    }

    public override Tensor Loss(Batch batch)
    {
        var losses = cross_entropy(Model.call(batch.Images), batch.Labels, reduction: nn.Reduction.None);
        _losses.index_copy_(0, batch.Indices, losses.detach());
        var counts = Selected.index_select(0, batch.Indices).to(ScalarType.Float32);
        return (losses * counts).sum() / counts.sum().clamp_min(1);
    }
}
