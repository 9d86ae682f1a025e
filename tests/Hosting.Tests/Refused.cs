using Sat.Records;

namespace Sat.Hosting.Tests;

static class Refused
{
    /// <summary>The message of an error that is the user's to mend: one line of the given exit code, no stack trace.</summary>
    public static string With(int exitCode, Action act)
    {
        var error = Assert.ThrowsExactly<SatException>(act);
        Assert.AreEqual(exitCode, error.ExitCode, error.Message);
        Assert.HasCount(1, error.Problems);
        Assert.DoesNotContain("\n", error.Message);
        return error.Message;
    }
}
