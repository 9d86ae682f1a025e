using Sat.Data.Progress;
using Sat.Records.Data;

namespace Sat.Tool.Display;

/// <summary>Shows how far it is with large files, of which there mostly are none: nothing is drawn until there is one.</summary>
internal sealed class LateProgress : IDisposable
{
    private readonly TaskCompletionSource _over = new();
    private IDataListener? _listener;
    private Task? _display;

    public void Tell(DataProgress progress)
    {
        _listener ??= Begin();
        _listener.Progressed(progress);
    }

    public void Dispose()
    {
        _over.TrySetResult();
        _display?.GetAwaiter().GetResult();
        _display = null;
    }

    private IDataListener Begin()
    {
        if (!Terminal.IsInteractive)
            return new DataLines(Console.Error);
        var bars = new TaskCompletionSource<IDataListener>();
        _display = DataWatch
            .Bars()
            .StartAsync(async context =>
            {
                bars.SetResult(new DataBars(context));
                await _over.Task;
            });
        Task.WaitAny(bars.Task, _display);
        return bars.Task.IsCompleted ? bars.Task.Result : new DataLines(Console.Error);
    }
}
