using System.Globalization;
using Sat.Benchmarks.Measuring;
using Sat.Records.Runs;

namespace Sat.Benchmarks.Groups;

/// <summary>What going on from a checkpoint costs.</summary>
internal sealed class ResumeGroup : Group
{
    private const int Threads = 2;

    public override string Name => "resume";

    public override string Title => "Resuming";

    public override string About =>
        """
            A run of `benchmarks/studies/checkpoint.yaml`, with one step per epoch and a checkpoint after each, is killed (SIGKILL) after its first; each turn starts the sweep
            again on a copy of the result. The figure is the time of the whole command, including the report, minus the seconds of the remaining training steps,
            compared with the same command on an empty folder, which has no checkpoint to read.
            """;

    public override double Minutes => 1;

    public override IReadOnlyList<Measure> Measures { get; } =
    [new(MeasureNames.SecondsBesideTraining, "Time that is not training", "s", 1, MoreIsBetter: false, _ => null), Measure.Memory];

    public override IEnumerable<Case> Cases(Workplace place)
    {
        var given = Measuring.Cases.Given.Resume;
        var killed = new Lazy<string>(() => Killed(place, given));
        return
        [
            new Case(
                given.Name,
                [
                    new Subject("resumed", () => Resumed(place, given, killed.Value)),
                    new Subject("begun", () => Sweep(place, given, place.EmptyOutput("begun"), resumed: false)),
                ]
            ),
        ];
    }

    private static Dictionary<string, double> Resumed(Workplace place, CheckpointCase given, string killed)
    {
        var output = place.EmptyOutput("resumed");
        foreach (var folder in Directory.EnumerateDirectories(killed, "*", SearchOption.AllDirectories).Prepend(killed))
        {
            var copy = Directory.CreateDirectory(Path.Combine(output, Path.GetRelativePath(killed, folder))).FullName;
            foreach (var file in Directory.EnumerateFiles(folder))
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }
        return Sweep(place, given, output, resumed: true);
    }

    private static Dictionary<string, double> Sweep(Workplace place, CheckpointCase given, string output, bool resumed)
    {
        var process = place.Tool([.. Command(given, output), "--checkpoint-every", "1000000"]);
        var run = EngineRun.RunOf(output)!;
        var before = resumed ? run.ReadRecord()!.Resumed.Single().Step / given.StepsPerEpoch : 0;
        var training = JsonLines.Read<TelemetryRow>(run.TelemetryFile).Where(e => e.Epoch > before).Sum(e => e.TrainSeconds);
        return process.Measures((MeasureNames.SecondsBesideTraining, process.Seconds - training));
    }

    /// <summary>An output folder whose run was killed after its first checkpoint.</summary>
    private static string Killed(Workplace place, CheckpointCase given)
    {
        var output = place.EmptyOutput("killed");
        place.KillTool([.. Command(given, output), "--checkpoint-every", given.StepsPerEpoch.ToString(CultureInfo.InvariantCulture)], () =>
            EngineRun.RunOf(output) is { } run
            && Directory.Exists(run.File("checkpoints"))
            && Directory.EnumerateFiles(run.File("checkpoints"), "*.safetensors").Any()
        );
        return EngineRun.RunOf(output)!.ReadRecord()!.Status == RunStatus.Running
            ? output
            : throw new InvalidOperationException("the run that was to be killed had ended");
    }

    private static IEnumerable<string> Command(CheckpointCase given, string output) =>
        ["sweep", Workplace.Study("checkpoint.yaml"), "--out", output, .. EngineRun.Arguments(Threads, given.Set)];
}
