using Sat.Records;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;

namespace Sat.Tool.Processes;

/// <summary>
/// Notices the end of the process that started this one: its end of the standard input then closes. Without a pipe there
/// is no such parent, and the token is never cancelled. A run that does not hear of it, in a loop of a plugin, ends with its process.
/// </summary>
internal sealed class ParentWatch : IDisposable
{
    /// <summary>How long an orphan may show no sign of work. Nobody waits for it; it must only not stay for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _gone = new();

    /// <param name="folder">The run's folder.</param>
    public ParentWatch(RunFolder folder)
    {
        if (Environment.GetEnvironmentVariable(LocalExecutor.ParentPipe) is not { Length: > 0 })
            return;
        var thread = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
                // Nothing is said on this pipe; only its end means something.
            }
            try
            {
                _gone.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The run ended first.
            }
            for (var pulse = new WorkerPulse(folder); pulse.Still < Patience; pulse.Look(trains: false))
                Thread.Sleep(TimeSpan.FromSeconds(1));
            Environment.Exit(ExitCode.Terminated);
        })
        {
            IsBackground = true,
            Name = "parent watch",
        };
        thread.Start();
    }

    /// <summary>Cancelled when the parent is gone.</summary>
    public CancellationToken Gone => _gone.Token;

    public void Dispose() => _gone.Dispose();
}
