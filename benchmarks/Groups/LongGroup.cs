using System.Globalization;
using Sat.Benchmarks.Measuring;
using Sat.Records.Runs;

namespace Sat.Benchmarks.Groups;

/// <summary>What ten thousand steps leave behind in memory.</summary>
internal sealed class LongGroup : Group
{
    private const int Threads = 2;
    private const int WarmSteps = 1000;

    public override string Name => "long";

    public override string Title => "Memory over many steps";

    public override string About =>
        """
            One run of more than ten thousand steps: the worker's resident memory and number of live tensors at the end, compared with the end of the first epoch after
            the thousandth step. Memory that grows with the steps would show in both. The last epoch is ignored: it includes the evaluation, with batches of its own.
            """;

    public override double Minutes => 3;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.MemoryGained, "Memory gained", "%", 0.01, MoreIsBetter: false, _ => new Target(5, OfRatio: false)),
        new(MeasureNames.TensorsGained, "Tensors gained", "tensors", 1, MoreIsBetter: false, _ => new Target(1, OfRatio: false)),
        new(MeasureNames.Steps, "Steps", "steps", 1, MoreIsBetter: true, _ => null),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        [new Case(Measuring.Cases.Given.Long.Name, [new Subject("dotnet-sat", () => Run(place, Measuring.Cases.Given.Long))])];

    private static Dictionary<string, double> Run(Workplace place, LongCase given)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var run = EngineRun.Sweep(
            place,
            "training.yaml",
            Threads,
            [
                $"dataset.path={place.Data()}",
                $"training.samples={Text(given.Samples)}",
                $"training.epochs={Text(given.Epochs)}",
                $"training.batch-size={Text(given.BatchSize)}",
                .. given.Set,
            ]
        );
        var stepsPerEpoch = (given.Samples + given.BatchSize - 1) / given.BatchSize;
        var epochs = JsonLines
            .Read<TelemetryRow>(run.Run.TelemetryFile)
            .Where(e => e.Epoch * stepsPerEpoch >= WarmSteps)
            .SkipLast(1)
            .ToArray();
        return run.Process.Measures(
            (MeasureNames.MemoryGained, (double)epochs[^1].MemoryBytes / epochs[0].MemoryBytes - 1),
            (MeasureNames.TensorsGained, epochs[^1].LiveTensors - epochs[0].LiveTensors),
            (MeasureNames.Steps, epochs[^1].Epoch * stepsPerEpoch)
        );
    }
}
