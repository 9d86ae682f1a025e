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
        Training steps alone, on random images that are made anew for each: a method that keeps a target for each sample and view, and the same
        method without, a step each by turns in one process. A table of so many targets does not fit the processor's cache. Told is how much longer the
        median step with targets takes; below 0 there is nothing but noise.
        """;

    public override double Minutes => 2.5;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.StepShare, "More time a step", "%", 0.01, MoreIsBetter: false, _ => new Target(2, OfRatio: false)),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
    [
        new(Groups.Cases.Given.Targets.Name, [new Subject("dotnet-sat", () => Run(place))]),
    ];

    private static Dictionary<string, double> Run(Workplace place)
    {
        var process = place.Subject("steps");
        return process.Measures((MeasureNames.StepShare, SatJson.Read<Dictionary<string, double>>(process.Output)[MeasureNames.StepShare]));
    }
}
