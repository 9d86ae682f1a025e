using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>What self-adaptive training costs over the training that it adapts.</summary>
internal sealed class MethodGroup : Group
{
    public override string Name => "method";

    public override string Title => "Self-adaptive training";

    public override string About =>
        """
        The paper promises it "without extra computational cost". Training steps alone, on random images that are made anew for each: a method that adapts
        a target a sample (and view) at each step, and the same method without, a step each by turns in one process; whole trainings beside each other
        differ by more from turn to turn than what is asked for here. A table of 100,000 targets does not fit the processor's cache. Told is the median, over
        the steps, of how much longer the one with targets takes than the one beside it; below 0 there is nothing but noise.
        """;

    public override double Minutes => 6;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.StepShare, "More time a step", "%", 0.01, MoreIsBetter: false, _ => new Target(2, OfRatio: false)),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        Measuring.Cases.Given.Methods.Select(given => new Case(given.Name, [new Subject("dotnet-sat", () => Run(place, given.Name))]));

    private static Dictionary<string, double> Run(Workplace place, string name)
    {
        var process = place.Subject("steps", "--case", name);
        return process.Measures((MeasureNames.StepShare, SatJson.Read<Dictionary<string, double>>(process.Output)[MeasureNames.StepShare]));
    }
}
