using Sat.Methods.Supervised.Losses;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised.Adaptation;

/// <summary>The rule of self-adaptive training (arXiv 2002.10319, Algorithm 1), for every method that trains by it: its soft targets, its
/// sample weights, and the loss that they give.</summary>
sealed class SelfAdaptation
{
    readonly SatSchedule _schedule;
    readonly bool _reweight;
    readonly SoftTargetTable _targets;

    /// <param name="task">What the method is trained on.</param>
    /// <param name="schedule">Momentum and starting epoch.</param>
    /// <param name="reweight">Whether samples are weighted by the largest entries of their targets.</param>
    /// <exception cref="SatException">There are no labels to start from (exit code 2).</exception>
    public SelfAdaptation(TrainingTask task, SatSchedule schedule, bool reweight)
    {
        if (task.Labels is not { } labels)
        {
            throw new SatException(
                ExitCode.Planning,
                "self-adaptive training starts from labels, and this dataset has none: choose a labelled dataset, or a method that needs no labels."
            );
        }
        (_schedule, _reweight) = (schedule, reweight);
        _targets = new SoftTargetTable(labels, task.Classes.Count);
        State = new Dictionary<string, Tensor> { ["soft-targets"] = _targets.Values };
    }

    /// <summary>All t_i, float32 [samples, K].</summary>
    public Tensor SoftTargets => _targets.Values;

    /// <summary>What checkpoints hold.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>All w_i, float32 [samples]; the caller disposes it.</summary>
    public Tensor SampleWeights()
    {
        using var noGradient = no_grad();
        return Weights(_targets.Values);
    }

    /// <summary>Cross entropy with the given labels before the starting epoch; from it on, moves the batch's targets towards its
    /// predictions, and returns the weighted mean of the samples' losses.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="logits">float32 [batch, K].</param>
    /// <param name="perSample">A loss a sample, [batch], of logits and soft targets, both [batch, K].</param>
    /// <returns>A scalar.</returns>
    public Tensor Loss(Batch batch, Tensor logits, Func<Tensor, Tensor, Tensor> perSample)
    {
        if (batch.Epoch < _schedule.StartEpoch)
            return cross_entropy(logits, batch.Labels);
        var adapted = _targets.Update(batch.Indices, softmax(logits.detach(), 1), _schedule.Alpha);
        return WeightedMean.Compute(perSample(logits, adapted), Weights(adapted));
    }

    /// <summary>w_i = max_j t_ij, in [1/K, 1].</summary>
    Tensor Weights(Tensor targets) => _reweight ? targets.amax([1]) : targets.new_ones(targets.shape[0]);
}
