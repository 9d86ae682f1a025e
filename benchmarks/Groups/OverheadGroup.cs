using Sat.Benchmarks.Measuring;
using Sat.Records.Runs;

namespace Sat.Benchmarks.Groups;

/// <summary>What a sweep costs beside training.</summary>
internal sealed class OverheadGroup : Group
{
    public override string Name => "overhead";

    public override string Title => "Overhead of a sweep";

    public override string About =>
        """
            A sweep of eight runs that train next to nothing, one after the other (`benchmarks/studies/overhead.yaml`): the time of the whole command,
            including the report, minus the seconds of training steps that each run records, divided by the number of runs. It includes the start of the worker process, libtorch,
            plugins, data, evaluation, checkpoint and files.
            """;

    public override double Minutes => 1.2;

    public override IReadOnlyList<Measure> Measures { get; } =
    [new(MeasureNames.SecondsPerRun, "Overhead per run", "s", 1, MoreIsBetter: false, _ => new Target(1, OfRatio: false)), Measure.Memory];

    public override IEnumerable<Case> Cases(Workplace place) =>
        [new Case("eight runs, one job, one thread", [new Subject("dotnet-sat", () => Sweep(place))])];

    private static Dictionary<string, double> Sweep(Workplace place)
    {
        var output = place.EmptyOutput("overhead");
        var process = place.Tool("sweep", Workplace.Study("overhead.yaml"), "--out", output, "--jobs", "1", "--threads", "1");
        var runs = Directory
            .EnumerateDirectories(output)
            .Select(d => new RunFolder(d))
            .Where(f => File.Exists(f.TelemetryFile))
            .Select(f => JsonLines.Read<TelemetryRow>(f.TelemetryFile).Sum(e => e.TrainSeconds))
            .ToArray();
        return process.Measures((MeasureNames.SecondsPerRun, (process.Seconds - runs.Sum()) / runs.Length));
    }
}
