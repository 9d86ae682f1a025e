using Sat.Methods.Supervised.Losses;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised;

/// <summary>Self-adaptive training (arXiv 2002.10319, Algorithm 1).</summary>
class SelfAdaptiveTraining : ClassifierMethod, ISoftTargets, IMethodState, IDerivedOptions, IMethodWarnings
{
    readonly SatOptions _options;
    readonly SatSchedule _schedule;
    readonly SoftTargetTable _targets;

    public SelfAdaptiveTraining(TrainingTask task, SatOptions options)
        : base(task)
    {
        if (task.Labels is not { } labels)
        {
            throw new SatException(
                ExitCode.Planning,
                "self-adaptive training starts from labels, and this dataset has none: choose a labelled dataset, or a method that needs no labels."
            );
        }
        _options = options;
        _schedule = WidthAdjustment.Adjust(options, Model.Backbone);
        _targets = new SoftTargetTable(labels, task.Classes.Count);
        State = new Dictionary<string, Tensor> { ["soft-targets"] = _targets.Values };
        Derived = new Dictionary<string, double>
        {
            ["effective-alpha"] = _schedule.Alpha,
            ["effective-start-epoch"] = _schedule.StartEpoch,
        };
    }

    public Tensor SoftTargets => _targets.Values;

    public IReadOnlyDictionary<string, Tensor> State { get; }

    public IReadOnlyDictionary<string, double> Derived { get; }

    public IReadOnlyList<string> Warnings =>
        _schedule.StartEpoch < Task.Epochs
            ? []
            :
            [
                FormattableString.Invariant(
                    $"self-adaptive training would start at epoch {_schedule.StartEpoch} of {Task.Epochs}{(_options.AdjustForWidth ? " for a model of this width" : "")}: it never did, and every epoch trained on the given labels."
                ),
            ];

    public sealed override Tensor Loss(Batch batch)
    {
        var logits = Model.call(batch.Images);
        if (batch.Epoch < _schedule.StartEpoch)
            return cross_entropy(logits, batch.Labels);

        var adapted = _targets.Update(batch.Indices, softmax(logits.detach(), 1), _schedule.Alpha);
        return AdaptedLoss(logits, adapted, Weights(adapted));
    }

    public Tensor SampleWeights()
    {
        using var noGradient = no_grad();
        return Weights(_targets.Values);
    }

    /// <summary>The loss from the starting epoch on.</summary>
    /// <param name="logits">float32 [batch, K].</param>
    /// <param name="targets">t, float32 [batch, K], without gradient.</param>
    /// <param name="weights">w, float32 [batch], without gradient.</param>
    protected virtual Tensor AdaptedLoss(Tensor logits, Tensor targets, Tensor weights) =>
        WeightedMean.Compute(SoftCrossEntropy.PerSample(logits, targets), weights);

    /// <summary>w_i = max_j t_ij, in [1/K, 1].</summary>
    Tensor Weights(Tensor targets) => _options.Reweight ? targets.amax([1]) : targets.new_ones(targets.shape[0]);
}
