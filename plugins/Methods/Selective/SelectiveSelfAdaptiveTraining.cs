using Sat.Methods.Supervised.Adaptation;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Selective;

/// <summary>Self-adaptive training with an abstention output: what a sample's target takes from its label goes to abstention.</summary>
sealed class SelectiveSelfAdaptiveTraining : AbstainingClassifier, ISoftTargets, IMethodState
{
    readonly double _alpha;
    readonly SoftTargetTable _targets;

    public SelectiveSelfAdaptiveTraining(TrainingTask task, SatSelectiveOptions options)
        : base(task, options.StartEpoch)
    {
        _alpha = options.Alpha;
        _targets = new SoftTargetTable(Labels, task.Classes.Count);
        State = new Dictionary<string, Tensor> { ["soft-targets"] = _targets.Values };
    }

    public Tensor SoftTargets => _targets.Values;

    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>1 for each sample: this loss weights none.</summary>
    public Tensor SampleWeights() => _targets.Values.new_ones(_targets.Values.shape[0]);

    /// <summary>The mean of -t_y log q_y - (1 - t_y) log q_abstain; q is the softmax over all outputs, and the targets move towards the
    /// softmax over those of the classes.</summary>
    protected override Tensor AbstainingLoss(Batch batch, Tensor outputs)
    {
        var classes = Task.Classes.Count;
        var adapted = _targets.Update(batch.Indices, softmax(outputs.detach().narrow(1, 0, classes), 1), _alpha);
        var labels = batch.Labels.unsqueeze(1);
        var kept = adapted.gather(1, labels).squeeze(1);
        var logarithms = log_softmax(outputs, 1);
        return -((kept * logarithms.gather(1, labels).squeeze(1)) + ((1 - kept) * logarithms.select(1, classes))).mean();
    }
}
