using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Batches;

public sealed record CurriculumOptions
{
    [Option("Share of the samples that the second epoch trains on; the last one trains on all", Min = 0, Max = 1, AboveMin = true)]
    public double FirstShare { get; init; } = 0.5;
}

/// <summary>The loss that each sample had when it was last seen decides how easy it is. An epoch draws from the easiest.</summary>
internal sealed class Curriculum : ClassifierMethod, IMethodState, ISampler
{
    private readonly CurriculumOptions _options;
    private readonly Tensor _losses;

    public Curriculum(TrainingTask task, CurriculumOptions options)
        : base(task)
    {
        _options = options;
        _losses = zeros(task.Samples, device: task.Device).DetachFromDisposeScope();
        State = new Dictionary<string, Tensor> { ["losses"] = _losses };
    }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public Tensor Order(int epoch, Generator random)
    {
        if (epoch == 0)
            return randperm(Task.Samples, ScalarType.Int64, generator: random).narrow(0, 0, Task.SamplesPerEpoch);
        var share = _options.FirstShare + (1 - _options.FirstShare) * epoch / Math.Max(1, Task.Epochs - 1);
        var easy = _losses.cpu().argsort().narrow(0, 0, Math.Clamp((long)(share * Task.Samples), 1, Task.Samples));
        // Some of them come twice, so that the epoch has its usual length.
        var rounds = (int)((Task.SamplesPerEpoch + easy.shape[0] - 1) / easy.shape[0]);
        var drawn = cat([
            .. Enumerable.Range(0, rounds).Select(_ => easy.index_select(0, randperm(easy.shape[0], ScalarType.Int64, generator: random))),
        ]);
        return drawn.narrow(0, 0, Task.SamplesPerEpoch);
    }

    public override Tensor Loss(Batch batch)
    {
        var losses = cross_entropy(Model.call(batch.Images), batch.Labels, reduction: nn.Reduction.None);
        _losses.index_copy_(0, batch.Indices, losses.detach());
        return losses.mean();
    }
}
