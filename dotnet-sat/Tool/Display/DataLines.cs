using System.Diagnostics;
using System.Globalization;
using Sat.Data.Progress;
using Sat.Records;
using Sat.Records.Data;

namespace Sat.Tool.Display;

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
        var step =
            progress.Stage != DataStage.Downloading ? DataText.Tenths(progress)
            : progress.Total is > 0 and { } total ? 10 * progress.Bytes / total
            : progress.Bytes / StepWithoutTotal;
        if (_now != (progress.Stage, progress.Name))
        {
            _now = (progress.Stage, progress.Name);
            (_clock, _first, _step) = (Stopwatch.StartNew(), progress.Bytes, step);
            output.WriteLine(
                $"{progress.Name}: {DataText.Stage(progress.Stage)}{(progress.Bytes > 0 && progress.Stage == DataStage.Downloading ? $", {ByteSize.Text(progress.Bytes)} already here" : "")}"
            );
            return;
        }
        if (step == _step)
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
