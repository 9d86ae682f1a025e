using System.Globalization;
using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;
using Spectre.Console;

namespace Sat.Tool;

/// <summary>Short texts on runs, the same on a terminal and in lines.</summary>
internal static class RunText
{
    /// <summary>A run in a few words: its method, noise, model and seed, with what a reader tells runs apart by.</summary>
    public static string Name(RunSpec spec) => string.Create(CultureInfo.InvariantCulture,
        $"{(spec.Evaluation is { } evaluation ? evaluation.Id + " of " : "")}{spec.Method.Id} {Noise(spec.Noise)} {spec.Model.Id} seed {spec.Seed}");

    public static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0} %") : "-";

    public static string Time(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    /// <summary>How a run ended.</summary>
    public static string Outcome(RunRecord record) => record.Status == RunStatus.Done
        ? $"{Measured(record.Final ?? new Dictionary<string, double>())} in {Time(TimeSpan.FromSeconds(record.Seconds is { } seconds && double.IsFinite(seconds) ? Math.Clamp(seconds, 0, 1e10) : 0))}"
        : $"{record.Status.ToString().ToLowerInvariant()}: {record.Error}";

    /// <summary>Why a run will be started again.</summary>
    public static string Postponed(RunRecord record) => $"{record.Error}; it is tried again alone once the others have ended";

    /// <summary>What is damaged of a run, which is made again.</summary>
    public static string Damaged(string damage) => $"warning: {damage.TrimEnd('.')}. The run is made again.";

    /// <summary>An epoch in a few words: its loss, and what was measured.</summary>
    public static string Epoch(IReadOnlyDictionary<string, double> metrics)
    {
        var test = metrics.TryGetValue(MetricNames.TestAccuracy, out var accuracy) ? $" test {Percent(accuracy)}" : "";
        return $"{Loss(metrics)}{test}{string.Concat(Shares(metrics).Select(s => " " + s))}";
    }

    /// <summary>What a run is known by: its test accuracy; else the shares that its evaluation or probe gives; else its loss.</summary>
    private static string Measured(IReadOnlyDictionary<string, double> metrics)
    {
        if (metrics.TryGetValue(MetricNames.TestAccuracy, out var accuracy))
            return $"test accuracy {Percent(accuracy)}";
        var shares = Shares(metrics);
        return shares.Length > 0 ? string.Join(", ", shares) : Loss(metrics);
    }

    /// <summary>The loss; of an evaluation, which has none, the first of what it measured.</summary>
    private static string Loss(IReadOnlyDictionary<string, double> metrics) => metrics.TryGetValue(MetricNames.Loss, out var loss)
        ? string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.000}")
        : metrics.Count == 0 ? "nothing measured"
        : string.Join(", ", metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Take(3).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:0.####}")));

    /// <summary>Top-1 and top-5 accuracies, as evaluations name them.</summary>
    private static string[] Shares(IReadOnlyDictionary<string, double> metrics) =>
        [.. metrics.Where(m => m.Key.EndsWith("-top1", StringComparison.Ordinal) || m.Key.EndsWith("-top5", StringComparison.Ordinal)).Select(m => $"{m.Key} {Percent(m.Value)}")];

    /// <summary>What is waited for at the end.</summary>
    public static string Watched(int runs) => string.Create(CultureInfo.InvariantCulture, $"{runs} {(runs == 1 ? "run is" : "runs are")} held elsewhere: watching whether the workers live, and taking over what is not renewed within a minute");

    private static string Noise(ComponentSpec noise) => noise.OptionText("rate") is { } rate ? $"{noise.Id} {rate}" : noise.Id;
}

/// <summary>Progress as plain lines, for logs and pipes: a line when a run starts, at every tenth of it, and when it ends.</summary>
internal sealed class LineProgress(TextWriter output, int total) : ISweepListener
{
    private readonly Dictionary<string, int> _tenths = [];
    private readonly HashSet<string> _begun = [];

    public void RunStarted(PlannedRun run, RunFolder folder, string? device)
    {
        _begun.Add(run.Id);
        output.WriteLine($"[{_begun.Count}/{total}] {folder.Name} {RunText.Name(run.Request.Spec)}: started{(device is null ? "" : $" on {device}")}");
    }

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        if (progress is { Kind: RunEventKind.Started, Step: { } resumed })
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{RunFolder.Of(".", run.Id).Name} resumed after step {resumed}, in epoch {progress.Epoch + 1}/{progress.Epochs}"));
        if (progress is not { Kind: RunEventKind.Epoch, Epoch: { } epoch, Epochs: { } epochs, Metrics: { } metrics })
            return;
        var tenth = 10 * epoch / epochs;
        if (_tenths.GetValueOrDefault(run.Id) == tenth)
            return;
        _tenths[run.Id] = tenth;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{RunFolder.Of(".", run.Id).Name} epoch {epoch}/{epochs} {RunText.Epoch(metrics)} {progress.ImagesPerSecond:0} images/s"));
    }

    public void RunPostponed(PlannedRun run, RunRecord record) =>
        output.WriteLine($"{RunFolder.Of(".", run.Id).Name} {RunText.Name(run.Request.Spec)}: {VisibleText.Message(RunText.Postponed(record))}");

    public void RunDamaged(PlannedRun run, string damage) => output.WriteLine(RunText.Damaged(damage));

    public void RunEnded(PlannedRun run, RunRecord record) =>
        output.WriteLine($"{RunFolder.Of(".", run.Id).Name} {RunText.Name(run.Request.Spec)}: {VisibleText.Message(RunText.Outcome(record))}");

    public void RunSkipped(PlannedRun run, SkipReason reason)
    {
        if (reason != SkipReason.Done)
            output.WriteLine($"{RunFolder.Of(".", run.Id).Name} {RunText.Name(run.Request.Spec)}: {(reason == SkipReason.Elsewhere ? "another sweep has it" : "failed before, not tried again")}");
        _begun.Add(run.Id);
    }

    public void RunsWatched(int runs) => output.WriteLine(RunText.Watched(runs));
}

/// <summary>Progress on a terminal: a bar a running run, with epoch, loss, accuracy, images/s and time left.</summary>
internal sealed class BarProgress(ProgressContext context, IAnsiConsole console, ProgressTask all) : ISweepListener
{
    private readonly Dictionary<string, Bar> _bars = [];

    public void RunStarted(PlannedRun run, RunFolder folder, string? device)
    {
        var name = RunText.Name(run.Request.Spec) + (device is null ? "" : $" on {device}");
        _bars[run.Id] = new Bar(context.AddTask(Terminal.Plain(name), maxValue: 1), name);
    }

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        if (progress.Epoch is null || !_bars.TryGetValue(run.Id, out var bar))
            return;
        if (progress.Metrics is { } metrics)
        {
            bar.Measured = string.Create(CultureInfo.InvariantCulture,
                $" {RunText.Epoch(metrics)}");
        }
        if (progress is { Step: { } step, Steps: { } steps })
            bar.Task.Value = (double)step / steps;
        else if (progress is { Kind: RunEventKind.Epoch, Epoch: { } epoch, Epochs: { } epochs })
            bar.Task.Value = (double)epoch / epochs;
        bar.Task.Description = Terminal.Plain(string.Create(CultureInfo.InvariantCulture,
            $"{bar.Name} epoch {progress.Epoch}/{progress.Epochs}{bar.Measured} {progress.ImagesPerSecond:0} images/s"));
    }

    public void RunPostponed(PlannedRun run, RunRecord record)
    {
        Stop(run);
        console.MarkupLine($"[yellow]{Terminal.Plain(RunText.Name(run.Request.Spec))}[/]: {Terminal.Message(RunText.Postponed(record))}");
    }

    public void RunDamaged(PlannedRun run, string damage) => console.MarkupLine($"[yellow]{Terminal.Message(RunText.Damaged(damage))}[/]");

    public void RunsWatched(int runs) => console.WriteLine(RunText.Watched(runs));

    public void RunEnded(PlannedRun run, RunRecord record)
    {
        Stop(run);
        all.Increment(1);
        var colour = record.Status == RunStatus.Done ? "green" : "red";
        console.MarkupLine($"[{colour}]{Terminal.Plain(RunText.Name(run.Request.Spec))}[/]: {Terminal.Message(RunText.Outcome(record))}");
    }

    public void RunSkipped(PlannedRun run, SkipReason reason) => all.Increment(1);

    private void Stop(PlannedRun run)
    {
        if (_bars.Remove(run.Id, out var bar))
            bar.Task.StopTask();
    }

    private sealed class Bar(ProgressTask task, string name)
    {
        public string Name { get; } = name;

        public ProgressTask Task { get; } = task;

        public string Measured { get; set; } = "";
    }
}
