using System.Diagnostics;
using System.Globalization;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;
using Spectre.Console;

namespace Sat.Tool.Display;

/// <summary>Progress on a terminal: a line for each running run and one for all, however narrow the terminal.</summary>
internal sealed class BarProgress : ISweepListener
{
    private readonly Dictionary<string, Bar> _bars = [];
    private readonly ProgressContext _context;
    private readonly RunNames _names;
    private readonly MetricText _metrics;
    private readonly SweepShare _share;
    private readonly ProgressTask _all;
    private readonly LineColumn _column;
    private readonly int _runs;
    private int _ended;

    /// <param name="context">The live display.</param>
    /// <param name="names">Names of the runs.</param>
    /// <param name="metrics">What runs measured, in words.</param>
    /// <param name="share">How much of the sweep is done.</param>
    /// <param name="column">Draws the lines.</param>
    /// <param name="runs">Runs in all.</param>
    public BarProgress(ProgressContext context, RunNames names, MetricText metrics, SweepShare share, LineColumn column, int runs)
    {
        (_context, _names, _share, _column, _runs) = (context, names, share, column, runs);
        _metrics = metrics;
        _all = context.AddTask("all", maxValue: 1);
        Total();
    }

    public void RunStarted(PlannedRun run, RunFolder folder, string? device)
    {
        _share.Start(run);
        var bar = new Bar(_context.AddTask("run", maxValue: 1), Name(run), device);
        _bars[run.Id] = bar;
        _column.Set(bar.Task.Id, new ProgressLine(bar.Name, 0, null, device is null ? [] : [$"on {device}"]));
    }

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        _share.Tell(run, progress);
        Total();
        if (progress.Reading is { } reading && _bars.TryGetValue(run.Id, out var waiting))
            _column.Set(waiting.Task.Id, new ProgressLine(waiting.Name, waiting.Share, null, [RunText.Reading(reading)]));
        if (progress.Epoch is null || !_bars.TryGetValue(run.Id, out var bar))
            return;
        if (progress.Metrics is { } metrics)
            bar.Measured = _metrics.Parts(metrics);
        if (SweepShare.ShareOf(progress) is { } share)
            bar.Tell(share, progress.Kind == RunEventKind.Started);
        string[] speed = progress.ImagesPerSecond is { } images
            ? [string.Create(CultureInfo.InvariantCulture, $"{images:0} images/s")]
            : [];
        string[] device = bar.Device is { } name ? [$"on {name}"] : [];
        _column.Set(
            bar.Task.Id,
            new ProgressLine(
                bar.Name,
                bar.Share,
                bar.Left,
                [RunText.Doing(run.Request.Spec, progress), .. bar.Measured, .. speed, .. device]
            )
        );
    }

    public void RunPostponed(PlannedRun run, RunRecord record)
    {
        _share.Postpone(run);
        Stop(run);
        Terminal.Above($"{Name(run)}: {RunText.Postponed(record)}", "yellow", Name(run));
    }

    public void RunDamaged(PlannedRun run, string damage) => Terminal.Above(RunText.Damaged(damage), "yellow");

    public void RunsWatched(int runs) => Terminal.Above(RunText.Watched(runs));

    public void RunEnded(PlannedRun run, RunRecord record)
    {
        Stop(run);
        // What was interrupted goes on later: it stays as far as it came.
        if (record.Status != RunStatus.Interrupted)
        {
            _share.End(run, record.Status == RunStatus.Done);
            _ended++;
        }
        Total();
        var colour = record.Status == RunStatus.Done ? "green" : "red";
        Terminal.Above($"{Name(run)}: {_metrics.Outcome(record)}", colour, Name(run));
    }

    public void RunSkipped(PlannedRun run, SkipReason reason)
    {
        _share.Skip(run);
        _ended++;
        Total();
    }

    private string Name(PlannedRun run) => _names[run.Request.Spec];

    private void Total() =>
        _column.Set(
            _all.Id,
            new ProgressLine(
                string.Create(CultureInfo.InvariantCulture, $"{_ended}/{Records.Count.Of(_runs, "run")}"),
                _share.Share,
                _share.Left,
                []
            )
        );

    private void Stop(PlannedRun run)
    {
        if (_bars.Remove(run.Id, out var bar))
            bar.Task.StopTask();
    }

    private sealed class Bar(ProgressTask task, string name, string? device)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private double _first;

        public string Name { get; } = name;

        public string? Device { get; } = device;

        public ProgressTask Task { get; } = task;

        public IReadOnlyList<string> Measured { get; set; } = [];

        public double Share { get; private set; }

        /// <summary>Time left; null until something was done here.</summary>
        public TimeSpan? Left => Share > _first ? Stopwatch.GetElapsedTime(_started) * ((1 - Share) / (Share - _first)) : null;

        public void Tell(double share, bool first)
        {
            Share = share;
            if (first)
                _first = share;
        }
    }
}
