using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>What a target a sample costs a step, where there are very many samples.</summary>
internal sealed class TargetsGroup : Group
{
    public override string Name => "targets";

    public override string Title => "Targets of many samples";

    public override string About =>
        """
        Training steps alone, on random images that are made anew for each: a method that keeps a target for each sample and view beside the same
        method without. A table of so many targets does not fit the processor's cache. At most 2 % more time a step is asked for.
        """;

    public override double Minutes => 2.5;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.TrainingRate, "Steps alone", "images/s", 1, MoreIsBetter: true, _ => new Target(0.98, OfRatio: true)),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
    [
        new(Groups.Cases.Given.Targets.Name, [.. Groups.Cases.Given.Targets.Subjects.Select(s => new Subject(s.Name, () => Run(place, s.Name)))]),
    ];

    private static Dictionary<string, double> Run(Workplace place, string subject)
    {
        var process = place.Subject("steps", "--subject", subject);
        return process.Measures((MeasureNames.TrainingRate, SatJson.Read<Dictionary<string, double>>(process.Output)[MeasureNames.TrainingRate]));
    }
}
