namespace Sat.Tests.Kit;

/// <summary>Where the build left things.</summary>
public static class Places
{
    /// <summary>What these tests were built as, in lower case: <c>debug</c>.</summary>
    public static string Configuration { get; } = Setting("Sat.Tests.Configuration");

    public static string Repository { get; } = Resolve("Sat.Tests.Repository");

    /// <summary>The tool, as built for these tests.</summary>
    public static string Tool { get; } = Path.Combine(Bin("dotnet-sat"), "dotnet-sat.dll");

    /// <summary>Real images beside the repository; null where they are not.</summary>
    public static string? SharedData
    {
        get
        {
            var shared = Environment.GetEnvironmentVariable("SAT_SHARED") is { Length: > 0 } named
                ? named
                : Path.Combine(Repository, "..", "shared");
            var data = Path.GetFullPath(Path.Combine(shared, "data"));
            return Directory.Exists(data) ? data : null;
        }
    }

    /// <summary>The output folder of a project, as built for these tests.</summary>
    public static string Bin(string project) => Path.Combine(Resolve("Sat.Tests.Bin"), project, Configuration);

    private static string Resolve(string name) => Path.GetFullPath(Setting(name), AppContext.BaseDirectory);

    private static string Setting(string name) =>
        (string?)AppContext.GetData(name) ?? throw new InvalidOperationException($"the build has not set {name} for this program");
}
