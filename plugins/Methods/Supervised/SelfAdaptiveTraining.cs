using Sat.Methods.Supervised.Adaptation;
using Sat.Methods.Supervised.Losses;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised;

/// <summary>Self-adaptive training (arXiv 2002.10319, Algorithm 1).</summary>
class SelfAdaptiveTraining : ClassifierMethod, ISoftTargets, IMethodState, IDerivedOptions, IMethodWarnings
{
    readonly SatOptions _options;
    readonly SatSchedule _schedule;
    readonly SelfAdaptation _adaptation;

    public SelfAdaptiveTraining(TrainingTask task, SatOptions options)
        : base(task)
    {
        _options = options;
        _schedule = WidthAdjustment.Adjust(options, Model.Backbone);
        _adaptation = new SelfAdaptation(task, _schedule, options.Reweight);
        Derived = new Dictionary<string, double>
        {
            ["effective-alpha"] = _schedule.Alpha,
            ["effective-start-epoch"] = _schedule.StartEpoch,
        };
    }

    public Tensor SoftTargets => _adaptation.SoftTargets;

    public IReadOnlyDictionary<string, Tensor> State => _adaptation.State;

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

    public sealed override Tensor Loss(Batch batch) => _adaptation.Loss(batch, Model.call(batch.Images), AdaptedLoss);

    public Tensor SampleWeights() => _adaptation.SampleWeights();

    /// <summary>The loss of each sample from the starting epoch on, [batch].</summary>
    /// <param name="logits">float32 [batch, K].</param>
    /// <param name="targets">t, float32 [batch, K], without gradient.</param>
    protected virtual Tensor AdaptedLoss(Tensor logits, Tensor targets) => SoftCrossEntropy.PerSample(logits, targets);
}
