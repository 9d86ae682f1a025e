using System.Diagnostics;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Engine;

/// <summary>What a run's record says of an error that nobody foresaw, which mostly is a plugin's.</summary>
/// <param name="Error">One sentence; the trace is for the log.</param>
/// <param name="ExitCode">5 where a library is missing or the device was lost, else 3.</param>
/// <param name="Kind">What a sweep can do something about; null: nothing that it could.</param>
internal sealed record RunFailure(string Error, int ExitCode, RunFailureKind? Kind = null)
{
    /// <summary>Describes an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="log">Name of the file that has its trace.</param>
    /// <param name="device">Where it happened.</param>
    public static RunFailure Of(Exception error, string log, string? device)
    {
        if (DeviceFailure.Of(error, device) is { } known)
            return new RunFailure($"{known.Sentence} ({log} has the details)", known.Kind == RunFailureKind.DeviceLost ? Records.ExitCode.Environment : Records.ExitCode.RunFailed, known.Kind);
        if (error.Message.Contains("Expected more than 1 value per channel", StringComparison.Ordinal))
            return new RunFailure($"batch normalisation got one value per channel, as from a batch of one sample; the last batch of an epoch can be that small. 'training.drop-last: true' leaves it out, another training.batch-size avoids it ({log} has the details)", Records.ExitCode.RunFailed);
        var place = Place(error) is { } assembly ? $" in {assembly}" : "";
        return MissingLibrary.NameIn(error) is { } library
            ? new RunFailure($"the library {library} is needed{place} but missing: publish the plugin with its dependencies ({log} has the details)", Records.ExitCode.Environment)
            : new RunFailure($"{error.GetType().Name}{place}: {error.Message.Split('\n')[0].Trim()} ({log} has the details)", Records.ExitCode.RunFailed);
    }

    /// <summary>The innermost assembly on the way to the error that is neither .NET's nor TorchSharp's: whom to ask.</summary>
    private static string? Place(Exception error) => new StackTrace(error).GetFrames()
        .Select(f => f.GetMethod()?.DeclaringType?.Assembly.GetName().Name)
        .FirstOrDefault(name => name is not null && name != "TorchSharp" && !name.StartsWith("System.", StringComparison.Ordinal));
}
