using System.Runtime.InteropServices;

namespace Sat.Tool;

/// <summary>Ctrl-C and SIGTERM. The first asks to stop, and work is put in order; a second Ctrl-C leaves at once.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Signals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Handle(c, Records.ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Handle(c, Records.ExitCode.Terminated)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>130 or 143 after a signal; null before.</summary>
    public int? ExitCode { get; private set; }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (ExitCode is not null && exitCode == Records.ExitCode.Interrupted)
            Environment.Exit(exitCode);
        ExitCode ??= exitCode;
        _stop.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }
}
