using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;

namespace Sat.Tool.Display;

/// <summary>What happens in a sweep as lines of JSON, an object an event, each written at once.</summary>
internal sealed class JsonProgress(TextWriter output, string outputFolder, RunNames names) : ISweepListener, IDisposable
{
    public void Started(Plan plan) =>
        Write(
            new
            {
                Event = "sweep-started",
                Time = DateTimeOffset.UtcNow,
                Schema = 1,
                plan.Name,
                Out = outputFolder,
                Runs = plan.Runs.Count,
                names.Shared,
            }
        );

    public void RunStarted(PlannedRun run, RunFolder folder, string? device) =>
        Write(
            new
            {
                Event = "run-started",
                Time = DateTimeOffset.UtcNow,
                run.Id,
                Name = names[run.Request.Spec],
                Folder = folder.Path,
                Device = device,
            }
        );

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        if (progress is { Kind: RunEventKind.Epoch, Metrics: not null })
            Write(
                new
                {
                    Event = "epoch",
                    progress.Time,
                    run.Id,
                    progress.Epoch,
                    progress.Epochs,
                    progress.ImagesPerSecond,
                    progress.Metrics,
                }
            );
    }

    public void RunPostponed(PlannedRun run, RunRecord record) =>
        Write(
            new
            {
                Event = "run-postponed",
                Time = DateTimeOffset.UtcNow,
                run.Id,
                Reason = record.Error,
            }
        );

    public void RunDamaged(PlannedRun run, string damage) =>
        Write(
            new
            {
                Event = "run-damaged",
                Time = DateTimeOffset.UtcNow,
                run.Id,
                Reason = damage,
            }
        );

    public void RunEnded(PlannedRun run, RunRecord record)
    {
        if (record.Status == RunStatus.Done)
            Write(
                new
                {
                    Event = "run-finished",
                    Time = DateTimeOffset.UtcNow,
                    run.Id,
                    Folder = RunFolder.For(outputFolder, run.Id).Path,
                    record.Seconds,
                    Metrics = record.Final,
                }
            );
        else
            Write(
                new
                {
                    Event = "run-failed",
                    Time = DateTimeOffset.UtcNow,
                    run.Id,
                    record.Status,
                    record.ExitCode,
                    Reason = record.Error,
                }
            );
    }

    public void RunSkipped(PlannedRun run, SkipReason reason) =>
        Write(
            new
            {
                Event = "run-skipped",
                Time = DateTimeOffset.UtcNow,
                run.Id,
                Reason = reason switch
                {
                    SkipReason.Done => "done",
                    SkipReason.Elsewhere => "elsewhere",
                    _ => "failed-before",
                },
            }
        );

    public void RunsWatched(int runs)
    {
        // They tell of themselves when they end.
    }

    public void Finished(SweepResult result, int exitCode) =>
        Write(
            new
            {
                Event = "sweep-finished",
                Time = DateTimeOffset.UtcNow,
                result.Done,
                result.DoneBefore,
                result.Failed,
                result.Diverged,
                result.Interrupted,
                result.Elsewhere,
                result.NotStarted,
                ExitCode = exitCode,
                Obstacle = result.Obstacle?.Message,
            }
        );

    public void Dispose() => output.Dispose();

    private void Write<T>(T line)
    {
        output.WriteLine(SatJson.Write(line));
        output.Flush();
    }
}
