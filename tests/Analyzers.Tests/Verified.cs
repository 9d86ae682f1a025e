namespace Sat.Analyzers.Tests;

/// <summary>Generated code against files that a person has read. SAT_UPDATE_VERIFIED=1 rewrites them.</summary>
static class Verified
{
    public static void Check(string name, string actual)
    {
        var file = Path.Combine(Places.Repository, "tests", "Analyzers.Tests", "Verified", name);
        if (Environment.GetEnvironmentVariable("SAT_UPDATE_VERIFIED") == "1")
            File.WriteAllText(file, actual);
        var (expected, lines) = (File.ReadAllLines(file), actual.TrimEnd('\n').Split('\n'));
        for (var i = 0; i < Math.Max(expected.Length, lines.Length); i++)
            Assert.AreEqual(expected.ElementAtOrDefault(i), lines.ElementAtOrDefault(i), $"line {i + 1} of {file}");
    }
}
