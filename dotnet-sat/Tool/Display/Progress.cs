using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sat.Tool.Display;

/// <summary>Short texts on runs, the same on a terminal and in lines.</summary>
internal static class RunText
{
    public static string Percent(double? share) =>
        share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} %") : "-";

    /// <summary>A duration: <c>0:42</c>, <c>1:02:03</c>, and <c>3 d 4 h</c> from 100 hours on.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalHours >= 100 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h")
        : time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    /// <summary>A duration that is not known exactly, in words: <c>40 seconds</c>, <c>12 minutes</c>, <c>3.5 hours</c>.</summary>
    public static string InWords(TimeSpan time)
    {
        return time switch
        {
            { TotalSeconds: < 100 } => Records.Count.Of(Math.Max(1, (long)Math.Round(time.TotalSeconds)), "second"),
            { TotalMinutes: < 100 } => Records.Count.Of((long)Math.Round(time.TotalMinutes), "minute"),
            { TotalHours: < 48 } => $"{Tenths(time.TotalHours)} hours",
            _ => $"{Tenths(time.TotalDays)} days",
        };

        static string Tenths(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Why a run will be started again.</summary>
    public static string Postponed(RunRecord record) => $"{record.Error}; it is tried again, alone, once the others have ended";

    /// <summary>What is damaged of a run, which is made again.</summary>
    public static string Damaged(string damage) => $"warning: {damage.TrimEnd('.')}. The run is repeated.";

    /// <summary>What is waited for at the end.</summary>
    public static string Watched(int runs) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Records.Count.Of(runs, "run")} held by other workers: waiting to see whether they are alive; a run without a sign of life for a minute is taken over"
        );
}

/// <summary>Progress as plain lines, for logs and pipes: a line when a run starts, at every tenth of it, and when it ends.</summary>
internal sealed class LineProgress(TextWriter output, int total, RunNames names, MetricText metrics) : ISweepListener
{
    private readonly Dictionary<string, int> _tenths = [];
    private readonly HashSet<string> _begun = [];

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
        if (progress.Epoch is null || !_bars.TryGetValue(run.Id, out var bar))
            return;
        if (progress.Metrics is { } metrics)
            bar.Measured = _metrics.Parts(metrics);
        if (SweepShare.Of(progress) is { } share)
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
                [
                    string.Create(CultureInfo.InvariantCulture, $"epoch {progress.Epoch}/{progress.Epochs}"),
                    .. bar.Measured,
                    .. speed,
                    .. device,
                ]
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

/// <summary>Draws each task of a live display as one line.</summary>
internal sealed class LineColumn : ProgressColumn
{
    private readonly ConcurrentDictionary<int, ProgressLine> _lines = new();

    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <summary>Sets what a task's line shows.</summary>
    public void Set(int task, ProgressLine line) => _lines[task] = line;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var line = _lines.GetValueOrDefault(task.Id) ?? new ProgressLine("", 0, null, []);
        // Two columns are the display's own margin.
        // The display draws in a thread of its own, in which an exception ends the process: a task may be drawn before its line, or any,
        // was set.
        var names = _lines.Values.Select(l => l.Name.Length).DefaultIfEmpty().Max();
        return new Text(line.Text(Width(options), names, options.Unicode)) { Overflow = Overflow.Crop };
    }

    /// <inheritdoc/>
    public override int? GetColumnWidth(RenderOptions options) => Width(options);

    private static int Width(RenderOptions options) => Math.Max(1, options.ConsoleSize.Width - 2);
}
