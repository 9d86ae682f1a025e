using Sat.Records.Metrics;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace EarlyStopping;

public sealed record PatienceOptions
{
    [Option("Evaluated epochs without a better accuracy before training ends", Min = 1)]
    public int Patience { get; init; } = 3;
}

internal sealed class Patient(TrainingTask task, PatienceOptions options) : ClassifierMethod(task), IEpochSelection, IMethodNumbers
{
    private double _best = double.NegativeInfinity;
    private long _waited;

    public override Tensor Loss(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels);

    public EpochDecision Decide(int epoch, IReadOnlyDictionary<string, double> validation)
    {
        var accuracy = validation[MetricNames.NoisyValidationAccuracy];
        if (accuracy > _best)
        {
            (_best, _waited) = (accuracy, 0);
            return EpochDecision.Keep;
        }
        return ++_waited < options.Patience ? EpochDecision.Continue : EpochDecision.Stop;
    }

    public void Numbers(IStateNumbers numbers)
    {
        numbers.Keep("best", ref _best);
        numbers.Keep("waited", ref _waited);
    }
}
