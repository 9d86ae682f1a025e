using System.Runtime.InteropServices;
using Sat.Sweeps.Execution;
using Sat.Tool.Display;

namespace Sat.Tool.Processes;

/// <summary>
/// Ctrl-C, SIGTERM and a terminal that hangs up. Within <see cref="Orderly"/> the first asks to stop, and work is put in
/// order; a second Ctrl-C leaves at once. Elsewhere there is nothing to put in order, and the first leaves at once.
/// </summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly Lock _lock = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private Scope? _scope;

    public Signals()
    {
        // A terminal sends Ctrl-C to the workers too. Theirs is what the sweep asks of them, lest a worker that heard both take one for a
        // second.
        var isWorker = Environment.GetEnvironmentVariable(LocalExecutor.ParentPipe) is { Length: > 0 };
        _registrations.Add(
            PosixSignalRegistration.Create(
                PosixSignal.SIGINT,
                isWorker ? c => c.Cancel = true : c => Handle(c, Records.ExitCode.Interrupted)
            )
        );
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Handle(c, Records.ExitCode.Terminated)));
        _registrations.Add(
            PosixSignalRegistration.Create(
                PosixSignal.SIGHUP,
                isWorker ? c => c.Cancel = true : c => Handle(c, Records.ExitCode.Terminated)
            )
        );
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Cancelled by the second Ctrl-C; the process is gone as soon as its callbacks are through.</summary>
    public CancellationToken Kill => _kill.Token;

    /// <summary>130 or 143 after a signal; null before.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Until it is disposed, the first signal only asks to stop.</summary>
    /// <param name="stopping">Told of the first signal, with the exit code to come.</param>
    public IDisposable Orderly(Action<int>? stopping = null) => _scope = new Scope(this, stopping, _scope);

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        Scope? scope;
        bool first;
        lock (_lock)
        {
            scope = _scope;
            first = ExitCode is null;
            ExitCode ??= exitCode;
        }
        if (scope is null)
            Environment.Exit(ExitCode.Value);
        if (first)
        {
            scope.Stopping?.Invoke(exitCode);
            _stop.Cancel();
        }
        else if (exitCode == Records.ExitCode.Interrupted)
        {
            _kill.Cancel();
            Terminal.Restore();
            Environment.Exit(exitCode);
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
        _kill.Dispose();
    }

    private sealed class Scope(Signals signals, Action<int>? stopping, Scope? outer) : IDisposable
    {
        public Action<int>? Stopping { get; } = stopping ?? outer?.Stopping;

        public void Dispose() => signals._scope = outer;
    }
}
