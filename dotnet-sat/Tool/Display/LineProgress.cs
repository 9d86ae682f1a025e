using System.Globalization;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;

namespace Sat.Tool.Display;

/// <summary>Progress as plain lines, for logs and pipes: a line when a run starts, at every tenth of it, and when it ends.</summary>
internal sealed class LineProgress(TextWriter output, int total, RunNames names, MetricText metrics) : ISweepListener
{
    private readonly Dictionary<string, int> _tenths = [];
    private readonly HashSet<string> _begun = [];
    private readonly HashSet<(string Run, DataStage Stage, string File, long Tenth)> _read = [];

    public void RunStarted(PlannedRun run, RunFolder folder, string? device)
    {
        _begun.Add(run.Id);
        output.WriteLine(
            $"[{_begun.Count}/{total}] {folder.Name} {names[run.Request.Spec]}: started{(device is null ? "" : $" on {device}")}"
        );
    }

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        if (progress is { Kind: RunEventKind.Started, Step: { } resumed })
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RunFolder.For(".", run.Id).Name} resumed after step {resumed}, in epoch {progress.Epoch + 1}/{progress.Epochs}"
                )
            );
        if (progress.Reading is { } reading)
        {
            if (_read.Add((run.Id, reading.Stage, reading.Name, DataText.Tenths(reading))))
                output.WriteLine($"{RunFolder.For(".", run.Id).Name} {VisibleText.Message(RunText.Reading(reading))}");
            return;
        }
        if (progress is not { Kind: RunEventKind.Epoch, Epoch: { } epoch, Epochs: { } epochs, Metrics: { } values })
            return;
        var tenth = 10 * epoch / epochs;
        if (_tenths.GetValueOrDefault(run.Id) == tenth)
            return;
        _tenths[run.Id] = tenth;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{RunFolder.For(".", run.Id).Name} epoch {epoch}/{epochs} {metrics.Epoch(values)} {progress.ImagesPerSecond:0} images/s"
            )
        );
    }

    public void RunPostponed(PlannedRun run, RunRecord record) =>
        output.WriteLine($"{RunFolder.For(".", run.Id).Name} {names[run.Request.Spec]}: {VisibleText.Message(RunText.Postponed(record))}");

    public void RunDamaged(PlannedRun run, string damage) => output.WriteLine(RunText.Damaged(damage));

    public void RunEnded(PlannedRun run, RunRecord record) =>
        output.WriteLine($"{RunFolder.For(".", run.Id).Name} {names[run.Request.Spec]}: {VisibleText.Message(metrics.Outcome(record))}");

    public void RunSkipped(PlannedRun run, SkipReason reason)
    {
        if (reason != SkipReason.Done)
            output.WriteLine(
                $"{RunFolder.For(".", run.Id).Name} {names[run.Request.Spec]}: {(reason == SkipReason.Elsewhere ? "another process has it" : "failed before, not repeated")}"
            );
        _begun.Add(run.Id);
    }

    public void RunsWatched(int runs) => output.WriteLine(RunText.Watched(runs));
}
