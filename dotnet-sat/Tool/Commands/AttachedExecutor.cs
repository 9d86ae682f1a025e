using System.Diagnostics;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;
using Sat.Tool.Processes;

namespace Sat.Tool.Commands;

/// <summary>Carries runs out in this process, where a debugger that is attached to it stops at the breakpoints of plugins.</summary>
/// <param name="arguments">Of a worker, behind the name of its command.</param>
/// <param name="signals">Asks it to stop.</param>
internal sealed class AttachedExecutor(IReadOnlyList<string> arguments, Signals signals) : IRunExecutor
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task<WorkerExit> RunAsync(RunFolder folder, string device, CancellationToken stop, CancellationToken kill)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Debugger.IsAttached)
            await Console.Error.WriteLineAsync(
                FormattableString.Invariant($"Process {Environment.ProcessId} waits for a debugger: attach one to it, or press Ctrl-C.")
            );
        while (!Debugger.IsAttached && !stop.IsCancellationRequested)
            await Task.Delay(Often, CancellationToken.None);
        if (stop.IsCancellationRequested)
            return new WorkerExit(signals.ExitCode ?? Records.ExitCode.Terminated);
        var command = WorkerCommand.Create(signals).Parse([.. arguments, "--device", device, "--folder", folder.Path]);
        return new WorkerExit(await Task.Run(() => command.Invoke(), CancellationToken.None));
    }
}
