namespace Sat.Records.Tests;

static class Refused
{
    /// <summary>The message of an error that is the user's to mend, of the given exit code and of one sentence's shape: no stack trace, no
    /// line break.</summary>
    public static string With(int exitCode, Action act)
    {
        var error = Assert.ThrowsExactly<SatException>(act);
        Assert.AreEqual(exitCode, error.ExitCode, error.Message);
        Assert.HasCount(1, error.Problems);
        Assert.DoesNotContain("   at ", error.Message);
        return error.Message;
    }
}
