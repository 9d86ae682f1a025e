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
            The paper promises it "without extra computational cost". Only training steps are timed, on new random images for each: a method that adapts
            one target per sample (and view) at each step, and the same method without, in alternating steps in one process; whole trainings
            vary more from turn to turn than the difference in question. A table of 100,000 targets does not fit into the processor's cache. The figure is the median, over
            the steps, of how much longer the one with targets takes than the other; a value below 0 is noise.
            """;

    public override double Minutes => 6;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.StepShare, "Extra time per step", "%", 0.01, MoreIsBetter: false, _ => new Target(2, OfRatio: false)),
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
