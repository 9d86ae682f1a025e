using System.Globalization;
using Sat.Benchmarks.Measuring;
using Sat.Records.Runs;

namespace Sat.Benchmarks.Groups;

/// <summary>What checkpoints cost.</summary>
internal sealed class CheckpointGroup : Group
{
    private const int Threads = 2;
    private const int Epochs = 2;

    /// <summary>More steps than the run has.</summary>
    private const string Never = "1000000";

    public override string Name => "checkpoint";

    public override string Title => "Checkpoints";

    public override string About =>
        """
            Each turn makes one run twice, without checkpoints and with one after every step (`benchmarks/studies/checkpoint.yaml`; about 90 MB of weights and
            momentum). The cost of a checkpoint is the time of the whole command with them minus the time without, divided by their number: copying, writing,
            flushing to the disk, reading back and removing older ones. The default interval is ten minutes, so the share of training time
            is that cost divided by 600 seconds. It is scaled, not waited for; *writing* is what `run.json` records for the same checkpoints.
            """;

    public override double Minutes => 1;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.ShareAtDefault, "Share of training time at the default interval", "%", 0.01, MoreIsBetter: false, _ => new Target(
            2,
            OfRatio: false
        )),
        new(MeasureNames.SecondsPerCheckpoint, "A checkpoint", "s", 1, MoreIsBetter: false, _ => null),
        new(MeasureNames.WriteSecondsPerCheckpoint, "Writing, as recorded", "s", 1, MoreIsBetter: false, _ => null),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        [new Case(Measuring.Cases.Given.Checkpoint.Name, [new Subject("dotnet-sat", () => Pair(place, Measuring.Cases.Given.Checkpoint))])];

    private static Dictionary<string, double> Pair(Workplace place, CheckpointCase given)
    {
        string[] settings =
        [
            $"dataset.train-samples={given.Samples.ToString(CultureInfo.InvariantCulture)}",
            $"training.epochs={Epochs.ToString(CultureInfo.InvariantCulture)}",
            .. given.Set,
        ];
        var without = EngineRun.Sweep(place, "checkpoint.yaml", Threads, settings, "--checkpoint-every", Never);
        if (without.Run.ReadRecord()!.Checkpoints is not null)
            throw new InvalidOperationException("the run without checkpoints wrote some");
        var with = EngineRun.Sweep(place, "checkpoint.yaml", Threads, settings, "--checkpoint-every", "1");
        var cost = with.Run.ReadRecord()!.Checkpoints!;
        if (cost.Written != Epochs * given.StepsPerEpoch)
            throw new InvalidOperationException($"the run with checkpoints wrote {cost.Written}");
        var seconds = (with.Process.Seconds - without.Process.Seconds) / cost.Written;
        return with.Process.Measures(
            (MeasureNames.SecondsPerCheckpoint, seconds),
            (MeasureNames.WriteSecondsPerCheckpoint, cost.Seconds / cost.Written),
            (MeasureNames.ShareAtDefault, seconds / CheckpointInterval.Default.Time!.Value.TotalSeconds)
        );
    }
}
