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
        Assert.AreEqual(exitCode, outcome.ExitCode, outcome.Error);
        var error = outcome.Error.Split('\n').Single(l => l.StartsWith("error: ", StringComparison.Ordinal));
        foreach (var part in parts)
            Assert.Contains(part, error);
        Assert.DoesNotContain("unexpected", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
    }

    /// <summary>Every file of a folder with its bytes, to tell whether anything was touched.</summary>
    public static Dictionary<string, string> Contents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    /// <summary>Fails unless a folder holds what it held.</summary>
    public static void Untouched(Dictionary<string, string> before, string folder) =>
        CollectionAssert.AreEquivalent(before.ToArray(), Contents(folder).ToArray());
}
