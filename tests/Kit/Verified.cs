namespace Sat.Tests.Kit;

/// <summary>Output against files that a person has read. SAT_UPDATE_VERIFIED=1 rewrites them.</summary>
public static class Verified
{
    /// <summary>Fails at the first line that differs.</summary>
    /// <param name="project">The test project's folder under <c>tests</c>.</param>
    /// <param name="name">The file, in its folder <c>Verified</c>.</param>
    /// <param name="actual">What the code under test made.</param>
    public static void Check(string project, string name, string actual)
    {
        var file = Path.Combine(Places.Repository, "tests", project, "Verified", name);
        if (Environment.GetEnvironmentVariable("SAT_UPDATE_VERIFIED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }
        var expected = File.ReadAllText(file);
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable
            .Range(0, Math.Max(a.Length, b.Length))
            .FirstOrDefault(i => a.ElementAtOrDefault(i) != b.ElementAtOrDefault(i), -1);
        Expect.That(
            line < 0,
            $"line {line + 1} of {file} differs (SAT_UPDATE_VERIFIED=1 rewrites the file):\n- {a.ElementAtOrDefault(Math.Max(line, 0))}\n+ {b.ElementAtOrDefault(Math.Max(line, 0))}"
        );
    }
}
