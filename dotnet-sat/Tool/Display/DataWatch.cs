using Sat.Data.Progress;
using Spectre.Console;

namespace Sat.Tool.Display;

/// <summary>Shows how something goes, as the terminal allows.</summary>
internal static class DataWatch
{
    /// <summary>A display of bars, for <see cref="DataBars"/>.</summary>
    public static Progress Bars() =>
        Terminal
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
            );

    /// <summary>Does what takes its time, and shows how it goes.</summary>
    public static async Task<T> Run<T>(Func<IDataListener, Task<T>> act)
    {
        try
        {
            if (!Terminal.IsInteractive)
                return await act(new DataLines(Console.Error));
            return await Bars().StartAsync(context => act(new DataBars(context)));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was downloaded is kept, and the same command resumes from there.");
            throw;
        }
    }
}
