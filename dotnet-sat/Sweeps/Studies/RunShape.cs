using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Records.Specs;

namespace Sat.Sweeps.Studies;

/// <summary>The settings that a run has, as studies name them.</summary>
public static class RunShape
{
    /// <summary>The settings of training that are not components.</summary>
    public static IReadOnlyList<OptionSchema> TrainingOptions { get; } = OptionRecords.For<TrainingOptions>().Schemas();

    /// <summary>The settings of a run that are neither components nor training.</summary>
    public static IReadOnlyList<OptionSchema> RunOptions { get; } =
    [
        new()
        {
            Name = "seed",
            Kind = OptionKind.Integer,
            Description = "Seed of all random numbers",
            Required = true,
            Min = 0,
            Max = (1L << 53) - 1,
        },
        new()
        {
            Name = "precision",
            Kind = OptionKind.Choice,
            Description =
                "Arithmetic of the networks: fp32; tf32 (graphics cards); bf16 or fp16 (automatic casting; losses and soft targets stay fp32)",
            Required = true,
            Choices = RunSpec.Precisions,
        },
        new()
        {
            Name = "deterministic",
            Kind = OptionKind.Boolean,
            Description = "Use deterministic kernels only",
            Default = JsonValue.Create(false),
        },
    ];

    /// <summary>The settings of an evaluation that are not components.</summary>
    public static IReadOnlyList<OptionSchema> EvaluationOptions { get; } =
    [
        new()
        {
            Name = "samples",
            Kind = OptionKind.Integer,
            Description =
                "Use only this many training images, the first in file order; 0: all. Unset: those that the measured run was trained on",
            Min = 0,
            Max = int.MaxValue,
        },
        new()
        {
            Name = "epoch",
            Kind = OptionKind.Integer,
            Description = "The epoch, counted from 1, whose weights are measured: one that training.keep-epochs names. Unset: the last",
            Min = 1,
            Max = int.MaxValue,
        },
        new()
        {
            Name = "of",
            Kind = OptionKind.Path,
            Description = "The folder of an earlier run to measure. Unset: every run of the study",
        },
    ];

    /// <summary>Components of a run that lie within <c>training</c>.</summary>
    public static IReadOnlyDictionary<string, ComponentKind> TrainingSlots { get; } =
        SpecSlots.OfStudy.Where(s => s.Name != s.Title).ToDictionary(s => s.Title, s => s.Kind);

    /// <summary>Components that a run can be without.</summary>
    public static IReadOnlySet<string> OptionalSlots { get; } = SpecSlots.OfStudy.Where(s => s.IsOptional).Select(s => s.Name).ToHashSet();

    /// <summary>The other components of a run.</summary>
    public static IReadOnlyDictionary<string, ComponentKind> Slots { get; } =
        SpecSlots.OfStudy.Where(s => s.Name == s.Title).ToDictionary(s => s.Name, s => s.Kind);

    /// <summary>Training settings.</summary>
    public static GroupShape Training { get; } = Group(TrainingSlots, TrainingOptions);

    /// <summary>A run.</summary>
    public static GroupShape Root { get; } =
        new(new Dictionary<string, Shape>(Group(Slots, RunOptions).Children) { ["training"] = Training });

    /// <summary>An evaluation of a study's runs: what is measured, and on what.</summary>
    public static GroupShape Evaluation { get; } =
        Group(SpecSlots.EvaluatedOn.Prepend(SpecSlots.Evaluation).ToDictionary(s => s.Title, s => s.Kind), EvaluationOptions) with
        {
            Owner = "an evaluation",
        };

    /// <summary>True for the path of a component, such as <c>training.optimizer</c>.</summary>
    public static bool IsComponent(string path) =>
        Slots.ContainsKey(path)
        || (path.StartsWith("training.", StringComparison.Ordinal) && TrainingSlots.ContainsKey(path["training.".Length..]));

    private static GroupShape Group(IReadOnlyDictionary<string, ComponentKind> slots, IReadOnlyList<OptionSchema> options)
    {
        var children = slots.ToDictionary(s => s.Key, s => (Shape)new ComponentShape(s.Value));
        foreach (var option in options)
            children[option.Name] = new ValueShape(option);
        return new GroupShape(children);
    }
}
