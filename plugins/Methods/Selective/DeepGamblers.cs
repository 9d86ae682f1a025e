using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Selective;

/// <summary>Deep Gamblers (arXiv 1907.00208): a bet on the classes, of which a share may be kept.</summary>
sealed class DeepGamblers : AbstainingClassifier
{
    readonly double _logReward;

    /// <exception cref="SatException">The reward is above the number of classes, or there are no labels (exit code 2).</exception>
    public DeepGamblers(TrainingTask task, DeepGamblersOptions options)
        : base(task, options.StartEpoch)
    {
        if (options.Reward > task.Classes.Count)
        {
            throw new SatException(
                ExitCode.Planning,
                FormattableString.Invariant(
                    $"method.reward is {options.Reward}, but there are {task.Classes.Count} classes: with a reward above the number of classes, abstaining never pays. Lower it."
                )
            );
        }
        _logReward = Math.Log(options.Reward);
    }

    /// <summary>The mean of -log(q_y + q_abstain / o), with q the softmax over all outputs.</summary>
    protected override Tensor AbstainingLoss(Batch batch, Tensor outputs)
    {
        var logarithms = log_softmax(outputs, 1);
        var bet = logarithms.gather(1, batch.Labels.unsqueeze(1)).squeeze(1);
        return -logaddexp(bet, logarithms.select(1, Task.Classes.Count) - _logReward).mean();
    }
}
