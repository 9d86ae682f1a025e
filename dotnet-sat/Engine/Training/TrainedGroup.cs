using Sat.Engine.Checkpoints;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>Parameters with the optimizer that trains them.</summary>
internal sealed class TrainedGroup : IDisposable
{
    private readonly optim.Optimizer _optimizer;
    private readonly (optim.ILearningRateController Part, double Rate)[] _rates;

    /// <param name="name">The group's name; null: it is the only one, and has none.</param>
    /// <param name="factor">What the optimizer's learning rates are multiplied by.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="optimizer">Their optimizer, owned from now on.</param>
    /// <param name="step">Makes its steps.</param>
    public TrainedGroup(
        string? name,
        double factor,
        IReadOnlyList<NamedParameter> parameters,
        optim.Optimizer optimizer,
        OptimizerStep step
    )
    {
        (Name, Step, _optimizer) = (name, step, optimizer);
        State = new OptimizerState(optimizer, parameters, name);
        BaseRate = optimizer.ParamGroups.First().LearningRate;
        _rates = [.. optimizer.ParamGroups.Select(p => (p, p.LearningRate * factor))];
    }

    /// <summary>Null: it is the only one, and has no name.</summary>
    public string? Name { get; }

    /// <summary>Makes the optimizer's steps.</summary>
    public OptimizerStep Step { get; }

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState State { get; }

    /// <summary>The learning rate as the study gives it.</summary>
    public double BaseRate { get; }

    /// <summary>Sets the learning rates.</summary>
    /// <param name="factor">The schedule's.</param>
    public void Schedule(double factor)
    {
        foreach (var (part, rate) in _rates)
            part.LearningRate = rate * factor;
    }

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
