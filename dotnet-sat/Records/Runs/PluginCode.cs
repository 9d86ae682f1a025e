namespace Sat.Records.Runs;

/// <summary>
/// The code that runs were made with, as records name it: plugin package to <c>VERSION sha256:HASH</c> of its assembly. A new version that
/// keeps a component's revision promises the same results, and is the same code here; one version with two assemblies promises nothing.
/// </summary>
public static class PluginCode
{
    /// <summary>What differs, a clause such as <c>sat.x 1.0.0 was another build</c>; null: nothing that matters.</summary>
    /// <param name="made">Of the run.</param>
    /// <param name="other">Of another run, or what is installed.</param>
    public static string? Difference(IReadOnlyDictionary<string, string> made, IReadOnlyDictionary<string, string> other)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(other);
        // Records of before code was kept, and runs that were never begun, say nothing.
        if (made.Count == 0 || other.Count == 0)
            return null;
        string[] differences =
        [
            .. from package in made.Keys.Union(other.Keys).Order(StringComparer.Ordinal)
            let difference = Difference(package, made.GetValueOrDefault(package), other.GetValueOrDefault(package))
            where difference is not null
            select difference,
        ];
        return differences.Length == 0 ? null : string.Join(", ", differences);
    }

    /// <summary>The runs among those of one cell whose code is not that of the latest, or of another that is, each with what
    /// differs.</summary>
    /// <typeparam name="T">A run.</typeparam>
    /// <param name="runs">The runs of a cell that are done.</param>
    /// <param name="started">When a run was begun.</param>
    /// <param name="code">Its code.</param>
    public static IReadOnlyDictionary<T, string> Stale<T>(
        IReadOnlyCollection<T> runs,
        Func<T, DateTimeOffset?> started,
        Func<T, IReadOnlyDictionary<string, string>> code
    )
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(runs);
        var stale = new Dictionary<T, string>();
        var kept = new List<IReadOnlyDictionary<string, string>>();
        foreach (var run in runs.OrderByDescending(started))
        {
            var made = code(run);
            if (kept.Select(k => Difference(made, k)).FirstOrDefault(d => d is not null) is { } difference)
                stale[run] = difference;
            else if (!kept.Exists(k => k.Count == made.Count && !k.Except(made).Any()))
                kept.Add(made);
        }
        return stale;
    }

    /// <summary>The versions in the code of a package: more than one where a run has two side by side.</summary>
    /// <param name="code">Of the package.</param>
    public static IEnumerable<string> Versions(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Split(", ").Select(Version);
    }

    private static string? Difference(string package, string? made, string? other)
    {
        if (made == other)
            return null;
        if (made is null || other is null)
            return $"{package} {Version(made ?? other!)} is only in {(made is null ? "the other" : "this one")}";
        return Version(made) == Version(other) ? $"{package} {Version(made)} was another build ({Hash(made)}, not {Hash(other)})" : null;
    }

    private static string Version(string code) => code.Split(' ')[0];

    private static string Hash(string code) => code.Split("sha256:") is [_, { Length: > 12 } hash] ? hash[..12] : "unknown";
}
