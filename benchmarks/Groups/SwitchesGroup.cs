using System.Globalization;
using Sat.Benchmarks.Measuring;
using Sat.Engine.Conditions;

namespace Sat.Benchmarks.Groups;

/// <summary>The tool as it is, beside itself with one of its choices turned off.</summary>
internal sealed class SwitchesGroup : Group
{
    private const int Threads = 2;

    private static readonly (string Name, Dictionary<string, string> Variables)[] Subjects =
    [
        ("as it is", []),
        ("planes, not channels-last", new() { ["SAT_MEMORY_FORMAT"] = "contiguous" }),
        ("memory not kept", new() { ["SAT_KEEP_MEMORY"] = "0" }),
        ("TorchSharp's optimizer steps", new() { ["SAT_OPTIMIZER_STEP"] = "torchsharp" }),
        ("methods compiled again early", new() { ["DOTNET_TC_CallCountThreshold"] = "1e" }),
    ];

    private static readonly (string Name, string ReadAhead)[] Streamed = [("as it is", ""), ("batches read ahead", "1")];

    public override string Name => "switches";

    public override string Title => "Switches";

    public override string About =>
        """
            What each of the engine's choices gains, compared with the tool with that choice turned off: weights and images channels-last in memory
            (`SAT_MEMORY_FORMAT=contiguous` turns it off), memory that a worker keeps for the next step instead of returning it to the system
            (`SAT_KEEP_MEMORY=0`), optimizer steps that are one call into libtorch (`SAT_OPTIMIZER_STEP=torchsharp`), and .NET methods that are compiled a second time after 4,096 calls instead of 30, so that the
            compiler does not use a processor during the first epochs (`DOTNET_TC_CallCountThreshold=1e`).

            A streamed dataset, here a folder of JPEGs, can be read one batch ahead of the step (`SAT_READ_AHEAD=1`), which on the CPU is done by default only
            where training leaves processors: decoding takes some.
            """;

    public override double Minutes => 4;

    public override IReadOnlyList<Measure> Measures { get; } =
    [new(MeasureNames.TrainingRate, "Training alone", "images/s", 1, MoreIsBetter: true, _ => null), Measure.Memory];

    public override IEnumerable<Case> Cases(Workplace place) =>
        [
            .. Measuring.Cases.Given.Training.Select(training => new Case(
                $"{training.Name}, {Threads} threads",
                [
                    .. Subjects.Select(s => new Subject(s.Name, () =>
                        EngineRun.Train(place, Threads, training.Samples, training.Epochs, training.Set, s.Variables)
                    )),
                ]
            )),
            .. Measuring.Cases.Given.Streamed.Threads.Select(threads => new Case(
                $"{Measuring.Cases.Given.Streamed.Name}, {threads} {(threads == 1 ? "thread" : "threads")}",
                [.. Streamed.Select(s => new Subject(s.Name, () => Stream(place, Measuring.Cases.Given.Streamed, threads, s.ReadAhead)))]
            )),
        ];

    private static Dictionary<string, double> Stream(Workplace place, StreamedCase given, int threads, string readAhead)
    {
        var run = EngineRun.Sweep(
            place,
            new Dictionary<string, string> { [ReadAhead.Variable] = readAhead },
            "training.yaml",
            threads,
            [.. given.Set, $"dataset.path={place.Pictures}", $"training.epochs={given.Epochs.ToString(CultureInfo.InvariantCulture)}"]
        );
        return run.Process.Measures((MeasureNames.TrainingRate, given.Samples * (given.Epochs - 1) / run.EpochSeconds.Skip(1).Sum()));
    }
}
