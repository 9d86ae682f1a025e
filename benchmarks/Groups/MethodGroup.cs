using Sat.Benchmarks.Measuring;

namespace Sat.Benchmarks.Groups;

/// <summary>What self-adaptive training costs over the training that it adapts.</summary>
internal sealed class MethodGroup : Group
{
    public override string Name => "method";

    public override string Title => "Self-adaptive training";

    public override string About =>
        """
        The paper promises it "without extra computational cost": the tool's own training with a target a sample that is adapted at each step, from the
        first epoch on, beside the same training without, all else equal (`benchmarks/studies/training.yaml`): SAT beside ERM, and BYOL+SAT beside BYOL.
        At most 2 % more time a step is asked for.
        """;

    public override double Minutes => 3;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.TrainingRate, "Training alone", "images/s", 1, MoreIsBetter: true, _ => new Target(0.98, OfRatio: true)),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) => Groups.Cases.Given.Methods.Select(given => new Case(
        given.Name,
        [.. given.Subjects.Select(s => new Subject(s.Name, () => EngineRun.Train(place, given.Threads, given.Samples, given.Epochs, [.. given.Set, .. s.Set])))]));
}
