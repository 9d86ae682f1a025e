using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Networks;

/// <summary>
/// An online encoder with a predictor, and a target encoder that no gradient reaches. Both stay in training mode while
/// training, so each batch is normalised by its own statistics in both.
/// </summary>
sealed class Twins : nn.Module
{
    readonly nn.Module<Tensor, Tensor>? predictor;

    /// <summary>Joins them; the target keeps its weights as they are.</summary>
    public Twins(Encoder online, Encoder target, nn.Module<Tensor, Tensor>? predictor)
        : base(nameof(Twins))
    {
        Online = online;
        Target = target;
        this.predictor = predictor;
        foreach (var parameter in target.parameters())
            parameter.requires_grad = false;
        register_module("online", online);
        if (predictor is not null)
            register_module("predictor", predictor);
        register_module("target", target);
    }

    public Encoder Online { get; }

    public Encoder Target { get; }

    /// <summary>q(g(f(v))), or g(f(v)) where there is no predictor.</summary>
    public Tensor Predict(Tensor projections) => predictor is null ? projections : predictor.call(projections);

    /// <summary>Makes the target a copy of the online encoder.</summary>
    public void CopyOnline()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (mine, theirs) in Pairs())
            mine.copy_(theirs);
        foreach (var (mine, theirs) in Target.buffers().Zip(Online.buffers()))
            mine.copy_(theirs);
    }

    /// <summary>xi &lt;- tau xi + (1 - tau) theta, for parameters alone: batch statistics are each encoder's own.</summary>
    public void MoveTarget(double tau)
    {
        using var noGradient = no_grad();
        foreach (var (mine, theirs) in Pairs())
            mine.mul_(tau).add_(theirs, alpha: 1 - tau);
    }

    IEnumerable<(Tensor Target, Tensor Online)> Pairs() =>
        Target.parameters().Zip(Online.parameters(), (target, online) => ((Tensor)target, (Tensor)online));
}
