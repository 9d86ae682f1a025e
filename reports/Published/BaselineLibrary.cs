using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Plans;

namespace Sat.Reports.Published;

/// <summary>Files of published values: those that the tool carries, by name, and people's own, by path.</summary>
public static class BaselineLibrary
{
    private const string Prefix = "baselines/";
    private const string Suffix = ".yaml";

    /// <summary>The names of the files that the tool carries, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(BaselineLibrary)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a file by its name (<c>label-noise</c>) or, where the name ends in <c>.yaml</c> or <c>.yml</c> or holds a
    /// separator, by its path. It was read, and is sound.</summary>
    /// <param name="nameOrPath">As a study names it.</param>
    /// <param name="folder">The folder that a path is relative to.</param>
    /// <exception cref="SatException">There is none, or it cannot be read (exit code 2).</exception>
    public static FrozenBaselines Freeze(string nameOrPath, string folder = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        var frozen = FrozenBaselines.Freeze(nameOrPath, Text(nameOrPath, folder));
        Read(frozen);
        return frozen;
    }

    /// <summary>Reads a file of published values: <see cref="Freeze"/>, then <see cref="Read(FrozenBaselines)"/>.</summary>
    /// <exception cref="SatException">There is none, or it cannot be read (exit code 2).</exception>
    public static BaselineFile Read(string nameOrPath) => Read(Freeze(nameOrPath));

    /// <summary>Reads frozen values.</summary>
    /// <exception cref="SatException">They are no published values (exit code 2).</exception>
    public static BaselineFile Read(FrozenBaselines frozen)
    {
        ArgumentNullException.ThrowIfNull(frozen);
        return BaselineReader.Read(IsOwn(frozen.Name) ? frozen.Name + Suffix : frozen.Name, frozen.Text);
    }

    private static bool IsOwn(string name) => Names.Contains(name, StringComparer.Ordinal);

    private static string Text(string nameOrPath, string folder)
    {
        if (IsOwn(nameOrPath))
        {
            using var stream = typeof(BaselineLibrary).Assembly.GetManifestResourceStream(Prefix + nameOrPath + Suffix)!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        var isPath =
            nameOrPath.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            || nameOrPath.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || nameOrPath.Contains('/', StringComparison.Ordinal)
            || nameOrPath.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!isPath)
            throw new SatException(
                ExitCode.Planning,
                $"there are no published values '{nameOrPath}'.{NearestName.Hint(nameOrPath, Names)} Known: {string.Join(", ", Names)}; give a file of your own by its path"
            );
        try
        {
            return RegularFile.ReadAllText(Path.Combine(folder, HomePath.Expand(nameOrPath)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Planning, $"the published values {nameOrPath} cannot be read: {e.Message}", inner: e);
        }
    }
}
