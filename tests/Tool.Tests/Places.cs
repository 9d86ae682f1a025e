namespace Sat.Tool.Tests;

/// <summary>Where the build left things.</summary>
internal static class Places
{
    public static string Repository { get; } = Resolve("Sat.Tests.Repository");

    /// <summary>What these tests were built as, in lower case: <c>debug</c>.</summary>
    public static string Configuration { get; } = (string)AppContext.GetData("Sat.Tests.Configuration")!;

    /// <summary>The output folder of a project, as built for these tests.</summary>
    public static string Bin(string project) => Path.Combine(Resolve("Sat.Tests.Bin"), project, Configuration);

    /// <summary>Real images beside the repository; null where they are not.</summary>
    public static string? SharedData()
    {
        var shared = Environment.GetEnvironmentVariable("SAT_SHARED") ?? Path.Combine(Repository, "..", "shared");
        var data = Path.GetFullPath(Path.Combine(shared, "data"));
        return Directory.Exists(data) ? data : null;
    }

    private static string Resolve(string name) => Path.GetFullPath((string)AppContext.GetData(name)!, AppContext.BaseDirectory);
}
