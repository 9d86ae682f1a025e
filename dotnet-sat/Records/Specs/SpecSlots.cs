using Sat.Records.Components;

namespace Sat.Records.Specs;

/// <summary>Which components a run's specification has: the one place that a new kind of component is added to.</summary>
public static class SpecSlots
{
    /// <summary>Images and labels.</summary>
    public static SpecSlot Dataset { get; } = new("dataset", ComponentKind.Dataset, s => s.Dataset);

    /// <summary>The backbone.</summary>
    public static SpecSlot Model { get; } = new("model", ComponentKind.Model, s => s.Model);

    /// <summary>What is done to the training set.</summary>
    public static SpecSlot Noise { get; } = new("noise", ComponentKind.Noise, s => s.Noise);

    /// <summary>The way to train.</summary>
    public static SpecSlot Method { get; } = new("method", ComponentKind.Method, s => s.Method);

    /// <summary>What is done to the images of a batch.</summary>
    public static SpecSlot Augmentation { get; } = new("training.augmentation", ComponentKind.Augmentation, s => s.Training.Augmentation);

    /// <summary>What is measured while a run trains.</summary>
    public static SpecSlot Probe { get; } = new("training.probe", ComponentKind.Evaluation, s => s.Training.Probe) { IsOptional = true };

    /// <summary>What is measured on a finished run.</summary>
    public static SpecSlot Evaluation { get; } = new("evaluation", ComponentKind.Evaluation, s => s.Evaluation) { IsOptional = true };

    /// <summary>What is done to images that an evaluation trains on.</summary>
    public static SpecSlot EvaluatedAugmentation { get; } =
        new("evaluate-on.augmentation", ComponentKind.Augmentation, s => s.EvaluateOn?.Augmentation) { IsOptional = true };

    /// <summary>All that name what a run is.</summary>
    public static IReadOnlyList<SpecSlot> All { get; } =
    [
        Dataset,
        Noise,
        Model,
        Method,
        new("training.optimizer", ComponentKind.Optimizer, s => s.Training.Optimizer),
        new("training.schedule", ComponentKind.Schedule, s => s.Training.Schedule),
        Augmentation,
        Probe,
        Evaluation,
    ];

    /// <summary>Those that a study states for each run: all but the evaluation.</summary>
    public static IEnumerable<SpecSlot> OfStudy => All.Where(s => s != Evaluation);

    /// <summary>What an evaluation is made on, where that is not what its run was trained on.</summary>
    public static IReadOnlyList<SpecSlot> EvaluatedOn { get; } =
    [new("evaluate-on.dataset", ComponentKind.Dataset, s => s.EvaluateOn?.Dataset), EvaluatedAugmentation];

    /// <summary>The components that a run has.</summary>
    public static IEnumerable<(SpecSlot Slot, ComponentSpec Component)> In(RunSpec spec) =>
        from slot in All.Concat(EvaluatedOn)
        let component = slot.Of(spec)
        where component is not null
        select (slot, component);
}
