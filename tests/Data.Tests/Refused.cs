using Sat.Records;

namespace Sat.Data.Tests;

internal static class Refused
{
    /// <summary>The message of an error of the environment: one problem, no stack trace, no line break.</summary>
    public static async Task<string> With(Func<Task> act, int exitCode = ExitCode.Environment)
    {
        var error = await Assert.ThrowsExactlyAsync<SatException>(act);
        Assert.AreEqual(exitCode, error.ExitCode, error.Message);
        Assert.HasCount(1, error.Problems);
        Assert.DoesNotContain("   at ", error.Message);
        Assert.DoesNotContain("\n", error.Message);
        return error.Message;
    }
}
