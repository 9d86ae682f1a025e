using Sat.Data.Progress;
using Sat.Records.Data;
using Spectre.Console;

namespace Sat.Tool.Display;

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
