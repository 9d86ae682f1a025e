namespace Sat.Reports.Tests;

internal static class Verified
{
    public static void Check(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable("SAT_UPDATE_VERIFIED") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), name), actual);
            return;
        }
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Verified", name));
        if (expected == actual)
            return;
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(a.Length, b.Length)).First(i => i >= a.Length || i >= b.Length || a[i] != b[i]);
        Assert.Fail(
            $"{name} differs from the verified file in line {line + 1}:\n- {a.ElementAtOrDefault(line)}\n+ {b.ElementAtOrDefault(line)}"
        );
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Verified");
}
