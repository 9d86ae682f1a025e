using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>A method of one weight, whose predictions are said by the test.</summary>
/// <param name="task">What it is trained on.</param>
/// <param name="predict">Epoch, counted from 0, and the number of a <see cref="Numbered"/> image to its class.</param>
sealed class Oracle(TrainingTask task, Func<int, long, long> predict) : Method(task, new OneWeight()), IClassifier, IEpochStarted
{
    private int _epoch;

    public void EpochStarted(int epoch) => _epoch = epoch;

    public override Tensor Loss(Batch batch) => ((OneWeight)Network).Weight.square().sum();

    public Tensor Logits(Tensor images) =>
        nn
            .functional.one_hot(tensor(Numbered.Numbers(images).Select(n => predict(_epoch, n)).ToArray()), Task.Classes.Count)
            .to(ScalarType.Float32);
}

/// <summary>Calls the test at each batch.</summary>
/// <param name="task">What it is trained on.</param>
/// <param name="factor">What the loss is multiplied by.</param>
sealed class Observer(TrainingTask task, Func<Batch, double> factor) : ClassifierMethod(task)
{
    public override Tensor Loss(Batch batch) => nn.functional.cross_entropy(Model.forward(batch.Images), batch.Labels) * factor(batch);
}

/// <summary>Loses 1 in each batch, with a network that has no batch normalisation.</summary>
sealed class Even(TrainingTask task) : Method(task, new OneWeight())
{
    public override Tensor Loss(Batch batch) => (((OneWeight)Network).Weight.square().sum() * 0) + 1;
}

/// <summary>Normalises a vector a sample by batch, as the projections of methods without labels do.</summary>
sealed class Projected(TrainingTask task)
    : Method(
        task,
        nn.Sequential(("flat", nn.Flatten()), ("norm", nn.BatchNorm1d(task.Shape.Channels * task.Shape.Height * task.Shape.Width)))
    )
{
    public override Tensor Loss(Batch batch) => ((nn.Module<Tensor, Tensor>)Network).call(batch.Images).square().mean();
}

sealed class OneWeight : nn.Module
{
    public OneWeight()
        : base(nameof(OneWeight))
    {
        Weight = new Parameter(ones(1));
        RegisterComponents();
    }

    public Parameter Weight { get; }
}
