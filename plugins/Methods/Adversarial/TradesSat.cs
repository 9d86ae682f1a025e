using Sat.Methods.Supervised.Adaptation;
using Sat.Methods.Supervised.Losses;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Adversarial;

/// <summary>TRADES whose loss on natural images is that of self-adaptive training (arXiv 2002.10319).</summary>
sealed class TradesSat : Trades, ISoftTargets, IMethodState
{
    readonly SelfAdaptation _adaptation;

    public TradesSat(TrainingTask task, TradesSatOptions options)
        : base(task, options) =>
        _adaptation = new SelfAdaptation(task, new SatSchedule(options.Alpha, options.StartEpoch), options.Reweight);

    public Tensor SoftTargets => _adaptation.SoftTargets;

    public IReadOnlyDictionary<string, Tensor> State => _adaptation.State;

    public Tensor SampleWeights() => _adaptation.SampleWeights();

    protected override Tensor NaturalLoss(Batch batch, Tensor logits) => _adaptation.Loss(batch, logits, SoftCrossEntropy.PerSample);
}
