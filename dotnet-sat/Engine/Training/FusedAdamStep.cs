using Sat.Engine.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>TorchSharp's Adam and AdamW, on their own state, in one call a group; with other last bits, since the kernel rounds
/// elsewhere.</summary>
internal sealed class FusedAdamStep : OptimizerStep
{
    private readonly IReadOnlyList<Group> _groups;

    private FusedAdamStep(OptimizerHelper optimizer, IReadOnlyList<Group> groups)
        : base(optimizer) => _groups = groups;

    /// <summary>Fused steps of an optimizer; null where the kernel does not do what it does.</summary>
    public static FusedAdamStep? TryCreate(optim.Optimizer optimizer)
    {
        // Classes derived from these do something else.
        IReadOnlyList<Group> groups = optimizer switch
        {
            Adam adam when adam.GetType() == typeof(Adam) =>
            [
                .. FusedParameters
                    .GroupsOf<Adam.State, Adam.Options>(adam)
                    .Select(g => new Group(
                        g.Fits && g.Options is { amsgrad: not true, maximize: not true },
                        () =>
                            new AdamSettings(
                                g.Options.LearningRate!.Value,
                                g.Options.beta1!.Value,
                                g.Options.beta2!.Value,
                                g.Options.eps!.Value,
                                g.Options.weight_decay!.Value,
                                Decoupled: false
                            ),
                        [
                            .. g.Parameters.Select(p => new Slot(
                                p.Parameter,
                                () => p.State.exp_avg,
                                () => p.State.exp_avg_sq,
                                () => ++p.State.step
                            )),
                        ]
                    )),
            ],
            AdamW adam when adam.GetType() == typeof(AdamW) =>
            [
                .. FusedParameters
                    .GroupsOf<AdamW.State, AdamW.Options>(adam)
                    .Select(g => new Group(
                        g.Fits && g.Options is { amsgrad: not true, maximize: not true },
                        () =>
                            new AdamSettings(
                                g.Options.LearningRate!.Value,
                                g.Options.beta1!.Value,
                                g.Options.beta2!.Value,
                                g.Options.eps!.Value,
                                g.Options.weight_decay!.Value,
                                Decoupled: true
                            ),
                        [
                            .. g.Parameters.Select(p => new Slot(
                                p.Parameter,
                                () => p.State.exp_avg,
                                () => p.State.exp_avg_sq,
                                () => ++p.State.step
                            )),
                        ]
                    )),
            ],
            _ => [],
        };
        return groups.Count > 0 && groups.All(g => g.Fits) ? new FusedAdamStep((OptimizerHelper)optimizer, groups) : null;
    }

    public override void Make(Tensor? overflow)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var group in _groups)
            Step(group, overflow);
    }

    private static void Step(Group group, Tensor? overflow)
    {
        var ready = group
            .Slots.Select(s => (Slot: s, Gradient: FusedParameters.GradientOf(s.Parameter)!))
            .Where(s => s.Gradient is not null)
            .ToArray();
        if (ready.Length == 0)
            return;
        var numbers = new Dictionary<long, Tensor>();
        var steps = new List<Tensor>();
        foreach (var (slot, gradient) in ready)
        {
            var number = slot.NextStep();
            if (!numbers.TryGetValue(number, out var tensor))
                numbers[number] = tensor = full([], number, ScalarType.Float32, gradient.device);
            steps.Add(tensor);
        }
        FusedOptimizers.Adam(
            [.. ready.Select(r => r.Slot.Parameter)],
            [.. ready.Select(r => r.Gradient)],
            [.. ready.Select(r => r.Slot.Mean())],
            [.. ready.Select(r => r.Slot.Square())],
            steps,
            group.Settings(),
            overflow
        );
    }

    /// <summary>A group of either optimizer.</summary>
    private sealed record Group(bool Fits, Func<AdamSettings> Settings, IReadOnlyList<Slot> Slots);

    /// <summary>A parameter with what is kept of it, as it is when asked: a resumed run has other tensors.</summary>
    private sealed record Slot(Parameter Parameter, Func<Tensor> Mean, Func<Tensor> Square, Func<long> NextStep);
}
