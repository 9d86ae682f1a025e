using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>What training against attacks costs over plain training.</summary>
internal sealed class AdversarialGroup : Group
{
    public override string Name => "adversarial";

    public override string Title => "Adversarial training";

    public override string About =>
        """
            A training step against an attack of K steps passes the net K + 1 times forward and back: K times for the crafted images, once for the
            weights. Only training steps are timed, in alternating steps with ERM's of the same net in one process. The figure is the median, over the
            steps, of how much longer it takes than ERM's, divided by K + 1: below 1 where the passes that craft images are cheaper, since they need no
            gradient of the weights.
            """;

    public override double Minutes => 8;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.StepCost, "Time per step and pass, in plain steps", "×", 1, MoreIsBetter: false, _ => new Target(
            1.1,
            OfRatio: false
        )),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        Measuring.Cases.Given.Adversarial.Select(given => new Case(given.Name, [new Subject("dotnet-sat", () => Run(place, given))]));

    private static Dictionary<string, double> Run(Workplace place, MethodCase given)
    {
        var process = place.Subject("steps", "--case", given.Name);
        var share = SatJson.Read<Dictionary<string, double>>(process.Output)[MeasureNames.StepShare];
        var passes = given.First.Options["steps"]!.GetValue<int>() + 1;
        return process.Measures((MeasureNames.StepCost, (share + 1) / passes));
    }
}
