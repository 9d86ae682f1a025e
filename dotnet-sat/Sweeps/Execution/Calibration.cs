using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Planning;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Measures how fast a run trains here before any like it was finished: a worker begins the very run, its data and all, in a folder that
/// is thrown away, and is ended after a few seconds of steps.
/// </summary>
/// <param name="executor">Starts the worker.</param>
/// <param name="device">Where it trains.</param>
/// <param name="time">Tells the time.</param>
public sealed class Calibration(IRunExecutor executor, string device, TimeProvider time)
{
    /// <summary>Seconds of steps that are enough.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Begins a run and measures its steps.</summary>
    /// <param name="run">The run; no evaluation.</param>
    /// <param name="most">How long it may take, the reading of the data and all.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Null where it made no two steps in that time, or failed.</returns>
    /// <exception cref="SatException">No worker can be started, or there is no room for its files (exit code 5).</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<Speed?> MeasureAsync(PlannedRun run, TimeSpan most, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(run);
        var output = Directory.CreateTempSubdirectory("sat-calibration-");
        try
        {
            var folder = RunFolder.For(output.FullName, run.Id);
            Directory.CreateDirectory(folder.Path);
            AtomicFile.WriteText(folder.RequestFile, SatJson.WriteIndented(run.Request with { Sinks = null }));
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var worker = executor.RunAsync(folder, device, CancellationToken.None, end.Token);
            var began = time.GetTimestamp();
            var tail = new EventTail(folder.EventsFile);
            var progress = new List<RunEvent>();
            while (!worker.IsCompleted && time.GetElapsedTime(began) < most && !IsEnough(progress))
            {
                await Task.WhenAny(worker, Task.Delay(Poll, time, stop));
                progress.AddRange(Told(tail));
            }
            await end.CancelAsync();
            await worker;
            stop.ThrowIfCancellationRequested();
            progress.AddRange(Told(tail));
            return Speed(run, folder, progress);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    private static IEnumerable<RunEvent> Told(EventTail tail) =>
        tail.Read().Where(e => e.Kind is RunEventKind.Progress or RunEventKind.Epoch);

    private static bool IsEnough(List<RunEvent> progress) => progress.Count > 1 && progress[^1].Time - progress[0].Time >= Enough;

    private static Speed? Speed(PlannedRun run, RunFolder folder, List<RunEvent> progress)
    {
        var record = folder.ReadRecord();
        // A small one was finished meanwhile.
        if (record is not null && Planning.Speed.From(record) is { } whole)
            return whole;
        if (
            record?.Data?.Train is not (> 0 and var samples)
            || ImagesPerSecond(progress, run.Request.Spec.Training.BatchSize) is not { } speed
        )
            return null;
        return Planning.Speed.For(run.Request.Spec, samples, speed);
    }

    /// <summary>Of whole epochs but the first, which warms up; of one that is not over, between its first and its last report.</summary>
    private static double? ImagesPerSecond(List<RunEvent> progress, int batchSize)
    {
        double[] epochs = [.. progress.Where(e => e.Kind == RunEventKind.Epoch).Select(e => e.ImagesPerSecond).OfType<double>()];
        if (epochs.Length > 1)
            return epochs.Skip(1).Average();
        var steps = progress.Where(e => e.Step is not null).GroupBy(e => e.Epoch).MaxBy(g => g.Count())?.ToArray();
        return steps is [{ } first, .., { } last] && last.Step > first.Step && last.Time > first.Time
                ? (last.Step!.Value - first.Step!.Value) * batchSize / (last.Time - first.Time).TotalSeconds
            : epochs is [var only] ? only
            : null;
    }
}
