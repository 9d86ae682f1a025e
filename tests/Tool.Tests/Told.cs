namespace Sat.Tool.Tests;

/// <summary>What every error owes its user.</summary>
internal static class Told
{
    /// <summary>One sentence on standard error, without a stack trace, and the right exit code.</summary>
    /// <param name="outcome">How the tool ended.</param>
    /// <param name="exitCode">The exit code that it should have.</param>
    /// <param name="parts">What the sentence must name.</param>
    public static void InOneSentence(Outcome outcome, int exitCode, params string[] parts)
    {
        var errors = Errors(outcome);
        Assert.HasCount(1, errors, outcome.Error);
        foreach (var part in parts)
            Assert.Contains(part, errors[0]);
        InOrder(outcome, exitCode);
    }

    /// <summary>Several slips, a sentence each, in this order.</summary>
    /// <param name="outcome">How the tool ended.</param>
    /// <param name="exitCode">The exit code that it should have.</param>
    /// <param name="beginnings">How each sentence begins, place and all.</param>
    public static void InSentences(Outcome outcome, int exitCode, params string[] beginnings)
    {
        var errors = Errors(outcome);
        Assert.HasCount(beginnings.Length, errors, outcome.Error);
        foreach (var (beginning, error) in beginnings.Zip(errors))
            Assert.StartsWith("error: " + beginning, error);
        InOrder(outcome, exitCode);
    }

    /// <summary>Runs that failed, a sentence each, whatever became of the others.</summary>
    /// <param name="outcome">How the sweep ended.</param>
    /// <param name="exitCode">The exit code that it should have.</param>
    /// <param name="parts">For each failed run, what its sentence must name.</param>
    public static void AsFailedRuns(Outcome outcome, int exitCode, params string[][] parts)
    {
        string[] failed = [.. outcome.Error.Split('\n').Where(l => l.Contains(": failed: ", StringComparison.Ordinal))];
        Assert.HasCount(parts.Length, failed, outcome.Error);
        foreach (var wanted in parts)
            Assert.HasCount(1, failed.Where(f => wanted.All(f.Contains)), $"{string.Join(" … ", wanted)}\n{outcome.Error}");
        InOrder(outcome, exitCode);
    }

    private static string[] Errors(Outcome outcome) =>
        [.. outcome.Error.Split('\n').Where(l => l.StartsWith("error: ", StringComparison.Ordinal))];

    private static void InOrder(Outcome outcome, int exitCode)
    {
        Assert.AreEqual(exitCode, outcome.ExitCode, outcome.Error);
        foreach (var trace in new[] { "unexpected", "Unhandled exception", "   at ", "System.", "Sat.Records." })
            Assert.DoesNotContain(trace, outcome.Error + outcome.Out);
    }

    /// <summary>Every file of a folder with its bytes, to tell whether anything was touched.</summary>
    public static Dictionary<string, string> Contents(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    /// <summary>Fails unless a folder holds what it held.</summary>
    public static void Untouched(Dictionary<string, string> before, string folder) =>
        CollectionAssert.AreEquivalent(before.ToArray(), Contents(folder).ToArray());
}
