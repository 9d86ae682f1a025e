using Sat.Methods.Peers.Labelled;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers;

/// <summary>
/// Early-learning regularisation (arXiv 2007.00151, equation 7): the mean of CE + lambda log(1 - &lt;p, t&gt;). Each sample's t starts at
/// 0, and becomes beta t + (1 - beta) p at each visit, before it is used; it has no gradient. As in the published code, p is clamped to
/// [0.0001, 0.9999] in the regularisation, and divided by its sum again where it moves t.
/// </summary>
sealed class EarlyLearningRegularization : LogitsMethod, IMethodState
{
    const double Smallest = 1e-4;

    readonly ElrOptions _options;
    readonly Tensor _targets;

    public EarlyLearningRegularization(TrainingTask task, ElrOptions options)
        : base(task)
    {
        _options = options;
        _targets = zeros(task.Samples, task.Classes.Count, ScalarType.Float32, task.Device).DetachFromDisposeScope();
        State = new Dictionary<string, Tensor> { ["targets"] = _targets };
    }

    public IReadOnlyDictionary<string, Tensor> State { get; }

    protected override Tensor Loss(Batch batch, Tensor logits)
    {
        var predictions = softmax(logits, 1).clamp(Smallest, 1 - Smallest);
        var targets = Update(batch.Indices, predictions.detach());
        var regularization = (1 - (targets * predictions).sum(1)).log().mean();
        return cross_entropy(logits, batch.Labels) + (_options.Lambda * regularization);
    }

    /// <summary>Moves the batch's t, and returns them, float32 [batch, K].</summary>
    Tensor Update(Tensor indices, Tensor predictions)
    {
        using var noGradient = no_grad();
        var targets = _targets.index_select(0, indices).mul_(_options.Beta);
        targets.add_(predictions / predictions.sum(1, keepdim: true), alpha: 1 - _options.Beta);
        _targets.index_copy_(0, indices, targets);
        return targets;
    }
}
