using System.Diagnostics;
using System.Globalization;
using Sat.Data;
using Sat.Data.Progress;
using Sat.Records;
using Spectre.Console;

namespace Sat.Tool.Display;

/// <summary>Short texts on data.</summary>
internal static class DataText
{
    public static string Status(DataStatus status) =>
        status switch
        {
            DataStatus.NoFiles => "needs no files",
            DataStatus.OwnFiles => "your own files",
            _ => status.ToString().ToLowerInvariant(),
        };

    public static string Stage(DataStage stage) => stage.ToString().ToLowerInvariant();
}

/// <summary>Progress as plain lines, for logs and pipes: a line when something begins, and at every tenth of a download.</summary>
internal sealed class DataLines(TextWriter output) : IDataListener
{
    private const long StepWithoutTotal = 10_000_000;

    private (DataStage Stage, string Name)? _now;
    private Stopwatch _clock = Stopwatch.StartNew();
    private long _first;
    private long _step;

    public void Progressed(DataProgress progress)
    {
        var step = progress.Total is > 0 and { } total ? 10 * progress.Bytes / total : progress.Bytes / StepWithoutTotal;
        if (_now != (progress.Stage, progress.Name))
        {
            _now = (progress.Stage, progress.Name);
            (_clock, _first, _step) = (Stopwatch.StartNew(), progress.Bytes, step);
            output.WriteLine(
                $"{progress.Name}: {DataText.Stage(progress.Stage)}{(progress.Bytes > 0 && progress.Stage == DataStage.Downloading ? $", {ByteSize.Text(progress.Bytes)} already here" : "")}"
            );
            return;
        }
        if (progress.Stage != DataStage.Downloading || step == _step)
            return;
        _step = step;
        var speed = (long)(Math.Max(0, progress.Bytes - _first) / Math.Max(_clock.Elapsed.TotalSeconds, 0.001));
        output.WriteLine(
            progress.Total is { } all
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{progress.Name}: {100.0 * progress.Bytes / all:0} % of {ByteSize.Text(all)}, {ByteSize.Text(speed)}/s"
                )
                : $"{progress.Name}: {ByteSize.Text(progress.Bytes)}, {ByteSize.Text(speed)}/s"
        );
    }

    public void Noted(string sentence) => output.WriteLine(sentence);
}

/// <summary>Progress on a terminal: a bar for what is under way, with bytes, speed and time left.</summary>
internal sealed class DataBars(ProgressContext context) : IDataListener
{
    private (DataStage Stage, string Name)? _now;
    private ProgressTask? _bar;

    public void Progressed(DataProgress progress)
    {
        if (_now != (progress.Stage, progress.Name))
        {
            _now = (progress.Stage, progress.Name);
            _bar?.StopTask();
            _bar = context.AddTask(
                Terminal.Plain($"{progress.Name} {DataText.Stage(progress.Stage)}"),
                maxValue: progress.Total ?? double.MaxValue
            );
            _bar.IsIndeterminate = progress.Total is null;
        }
        _bar!.Value = progress.Bytes;
    }

    public void Noted(string sentence) => Terminal.Above(sentence);
}

/// <summary>Shows how something goes, as the terminal allows.</summary>
internal static class DataWatch
{
    /// <summary>Does what takes its time, and shows how it goes.</summary>
    public static async Task<T> Run<T>(Func<IDataListener, Task<T>> act)
    {
        try
        {
            if (!Terminal.IsInteractive)
                return await act(new DataLines(Console.Error));
            return await Terminal
                .Error.Progress()
                .AutoClear(true)
                .HideCompleted(true)
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn { Width = 20 },
                    new PercentageColumn(),
                    new DownloadedColumn { Base = FileSizeBase.Decimal },
                    new TransferSpeedColumn { Base = FileSizeBase.Decimal },
                    new RemainingTimeColumn()
                )
                .StartAsync(context => act(new DataBars(context)));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was downloaded is kept, and the same command resumes from there.");
            throw;
        }
    }
}
