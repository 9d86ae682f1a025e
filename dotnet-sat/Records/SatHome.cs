namespace Sat.Records;

/// <summary>Where the tool keeps what is not a study's: <c>SAT_HOME</c>, or the platform's folder for application data.</summary>
/// <param name="Root">Absolute path; need not exist yet.</param>
public sealed record SatHome(string Root)
{
    private const string Name = "dotnet-sat";

    /// <summary>Finds the folders from the environment.</summary>
    public static SatHome FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <summary>Finds the folders from variables.</summary>
    /// <param name="variable">The value of a variable; null or empty: not set.</param>
    public static SatHome From(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;
        var home = new SatHome(
            Path.GetFullPath(
                Set("SAT_HOME")
                    ?? Path.Combine(
                        Environment.GetFolderPath(
                            Environment.SpecialFolder.LocalApplicationData,
                            Environment.SpecialFolderOption.DoNotVerify
                        ),
                        Name
                    )
            )
        );
        if (Set("SAT_HOME") is null)
        {
            var cache = Path.Combine(CacheFolder(Set), Name);
            home = home with { Data = Path.Combine(cache, "data"), Backends = Path.Combine(cache, "backends") };
        }
        return Set("SAT_DATA") is { } data ? home with { Data = Path.GetFullPath(data) } : home;
    }

    /// <summary>Installed plugins, a folder a package.</summary>
    public string Plugins => Path.Combine(Root, "plugins");

    /// <summary>
    /// Data, a folder a dataset id: <c>SAT_DATA</c>, else <c>data</c> in <c>SAT_HOME</c>, else in the platform's folder for
    /// what can be had again: it is large, and no backup need hold it.
    /// </summary>
    public string Data { get; init; } = Path.Combine(Root, "data");

    /// <summary>
    /// Installed back ends, a folder each: <c>backends</c> in <c>SAT_HOME</c>, else in the platform's folder for what can be had
    /// again, as data are. Which one is chosen is not to be had again, and is kept in <see cref="Root"/>.
    /// </summary>
    public string Backends { get; init; } = Path.Combine(Root, "backends");

    private static string CacheFolder(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsMacOS())
            return Path.Combine(user, "Library", "Caches");
        // The XDG Base Directory Specification: a relative path is to be ignored.
        return variable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache) ? cache : Path.Combine(user, ".cache");
    }
}
