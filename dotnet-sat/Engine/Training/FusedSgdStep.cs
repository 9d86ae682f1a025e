using Sat.Engine.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>
/// TorchSharp's SGD, on its own state, in one call a group. On the CPU it has the same bits, but for what is left over at the end of a
/// tensor when whole vectors are computed: there one of them rounds once less.
/// </summary>
internal sealed class FusedSgdStep(SGD optimizer) : OptimizerStep(optimizer)
{
    private readonly IReadOnlyList<FusedParameters.Group<SGD.State, SGD.Options>> _groups = GroupsOf(optimizer);

    /// <summary>True if the kernel does what the optimizer does.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="scaled">True if steps may have to be left out. Whether the first one was, nobody knows without waiting for the device;
    /// a momentum that begins at 0 need not know, unless it is dampened.</param>
    public static bool Fits(SGD optimizer, bool scaled) =>
        GroupsOf(optimizer)
            .All(g => g.Fits && g.Options.maximize != true && !(scaled && g.Options is { momentum: not 0, dampening: not 0 }));

    public override void Make(Tensor? overflow)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var group in _groups)
        {
            var options = group.Options;
            var settings = new SgdSettings(
                options.LearningRate!.Value,
                options.momentum!.Value,
                options.dampening!.Value,
                options.weight_decay!.Value,
                options.nesterov!.Value
            );
            var ready = group
                .Parameters.Select(p => (p.Parameter, p.State, Gradient: FusedParameters.GradientOf(p.Parameter)!))
                .Where(p => p.Gradient is not null);
            foreach (var part in ready.GroupBy(p => settings.Momentum != 0 && p.State.momentum_buffer is null))
                Step([.. part], settings, part.Key, overflow);
        }
    }

    private static void Step(
        IReadOnlyList<(Parameter Parameter, SGD.State State, Tensor Gradient)> part,
        SgdSettings settings,
        bool isFirst,
        Tensor? overflow
    )
    {
        if (isFirst)
        {
            foreach (var (parameter, state, _) in part)
                state.momentum_buffer = zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
        }
        FusedOptimizers.Sgd(
            [.. part.Select(p => p.Parameter)],
            [.. part.Select(p => p.Gradient)],
            settings.Momentum == 0 ? [] : [.. part.Select(p => p.State.momentum_buffer)],
            settings,
            isFirst && overflow is null,
            overflow
        );
    }

    private static IReadOnlyList<FusedParameters.Group<SGD.State, SGD.Options>> GroupsOf(SGD optimizer) =>
        FusedParameters.GroupsOf<SGD.State, SGD.Options>(optimizer);
}
