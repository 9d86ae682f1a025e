using Sat.Records;

namespace Sat.Tests.Kit;

/// <summary>Errors that are the user's to fix.</summary>
public static class Refused
{
    /// <summary>The message of such an error: one problem on one line, without a stack trace.</summary>
    /// <param name="exitCode">The exit code that it must have.</param>
    /// <param name="act">What must be refused.</param>
    public static string With(int exitCode, Action act)
    {
        try
        {
            act();
        }
        catch (SatException e)
        {
            return Message(e, exitCode);
        }
        throw NotRefused();
    }

    /// <summary>The message of such an error: one problem on one line, without a stack trace.</summary>
    /// <param name="act">What must be refused.</param>
    /// <param name="exitCode">The exit code that it must have.</param>
    public static async Task<string> With(Func<Task> act, int exitCode = ExitCode.Environment)
    {
        try
        {
            await act();
        }
        catch (SatException e)
        {
            return Message(e, exitCode);
        }
        throw NotRefused();
    }

    private static string Message(SatException error, int exitCode)
    {
        Expect.That(error.ExitCode == exitCode, $"exit code {error.ExitCode} instead of {exitCode}: {error.Message}");
        Expect.That(error.Problems.Count == 1, $"{error.Problems.Count} problems instead of one: {error.Message}");
        Expect.That(!error.Message.Contains("   at ", StringComparison.Ordinal), $"a stack trace: {error.Message}");
        Expect.That(!error.Message.Contains('\n'), $"more than a line: {error.Message}");
        return error.Message;
    }

    private static ExpectationException NotRefused() => new("it was not refused");
}
