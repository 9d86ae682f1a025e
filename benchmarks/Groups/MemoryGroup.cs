using Sat.Benchmarks.Measuring;

namespace Sat.Benchmarks.Groups;

/// <summary>Peak memory by backbone and batch.</summary>
internal sealed class MemoryGroup : Group
{
    private const int Threads = 2;
    private const int TestSamples = 32;

    public override string Name => "memory";

    public override string Title => "Memory";

    public override string About =>
        """
            Peak memory of training, by backbone and batch: two steps of ERM with SGD and momentum on 32x32 pixels, and an evaluation. A worker keeps the
            memory of a step for the next one, which needs more; *given back* is with `SAT_KEEP_MEMORY=0`, as PyTorch does. "Switches" shows what keeping it gains
            in time.
            """;

    public override double Minutes => 14;

    public override IReadOnlyList<Measure> Measures { get; } = [Measure.Memory];

    public override IEnumerable<Case> Cases(Workplace place) =>
        Measuring.Cases.Given.Memory.Select(training =>
        {
            var trained = new Trainings(place, training, Threads, TestSamples);
            return new Case(
                training.Name,
                [
                    trained.Engine(),
                    trained.Engine("dotnet-sat, given back", new Dictionary<string, string> { ["SAT_KEEP_MEMORY"] = "0" }),
                    trained.Engine("dotnet-sat, bf16", options: ["--precision", "bf16"]),
                    trained.PlainPyTorch(),
                ]
            );
        });
}
