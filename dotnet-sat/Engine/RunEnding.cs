using System.Diagnostics;
using Sat.Engine.Training;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Engine;

/// <summary>How a run ended, as its record says it.</summary>
/// <param name="Status">Whether it is done.</param>
/// <param name="Error">Why it is not, in one sentence; the trace is for the log.</param>
/// <param name="ExitCode">Of the command, where the run failed: 5 where a library is missing or the device was lost, else 3 or what the
/// error says.</param>
/// <param name="Failure">What a sweep can do something about; null: nothing that it could.</param>
public sealed record RunEnding(RunStatus Status, string? Error = null, int? ExitCode = null, RunFailureKind? Failure = null)
{
    /// <summary>It came to its end.</summary>
    public static RunEnding Done { get; } = new(RunStatus.Done);

    /// <summary>What an error makes of a run.</summary>
    /// <param name="error">The error.</param>
    /// <param name="session">The run. A stop that it was asked for is no failure.</param>
    /// <exception cref="LeaseLostException">Another worker has the run: it has not ended.</exception>
    public static RunEnding From(Exception error, RunSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        switch (error)
        {
            case OperationCanceledException when session.Stop.IsCancellationRequested:
                session.Lease.Require();
                return new RunEnding(RunStatus.Interrupted, "it was asked to stop before its end");
            case DivergedException:
                return new RunEnding(RunStatus.Diverged, error.Message, Records.ExitCode.RunFailed);
            case SatException known:
                return new RunEnding(RunStatus.Failed, Secrets.Hide(known.Message), known.ExitCode);
            default:
                return Unforeseen(error, Path.GetFileName(session.Lease.Folder.LogFile), session.Record.Environment?.Device);
        }
    }

    /// <summary>An error that nobody foresaw, which mostly is a plugin's.</summary>
    private static RunEnding Unforeseen(Exception error, string log, string? device)
    {
        if (DeviceFailure.Recognize(error, device) is { } known)
            return Failed(
                $"{known.Sentence} ({log} has the details)",
                known.Kind == RunFailureKind.DeviceLost ? Records.ExitCode.Environment : Records.ExitCode.RunFailed,
                known.Kind
            );
        if (error.Message.Contains("Expected more than 1 value per channel", StringComparison.Ordinal))
            return Failed(
                $"batch normalisation got one value per channel, as from a batch of one sample; the last batch of an epoch can be that small. 'training.drop-last: true' leaves it out, another training.batch-size avoids it ({log} has the details)",
                Records.ExitCode.RunFailed
            );
        var place = Place(error) is { } assembly ? $" in {assembly}" : "";
        return MissingLibrary.NameIn(error) is { } library
            ? Failed(
                $"the library {library} is needed{place} but missing: publish the plugin with its dependencies ({log} has the details)",
                Records.ExitCode.Environment
            )
            : Failed(
                $"{error.GetType().Name}{place}: {error.Message.Split('\n')[0].Trim()} ({log} has the details)",
                Records.ExitCode.RunFailed
            );
    }

    private static RunEnding Failed(string error, int exitCode, RunFailureKind? kind = null) =>
        new(RunStatus.Failed, Secrets.Hide(error), exitCode, kind);

    /// <summary>The innermost assembly on the way to the error that is neither .NET's nor TorchSharp's: whom to ask.</summary>
    private static string? Place(Exception error) =>
        new StackTrace(error)
            .GetFrames()
            .Select(f => f.GetMethod()?.DeclaringType?.Assembly.GetName().Name)
            .FirstOrDefault(name => name is not null && name != "TorchSharp" && !name.StartsWith("System.", StringComparison.Ordinal));
}
