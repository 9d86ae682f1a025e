using Sat.Records;
using Sat.Records.Files;

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

    /// <summary>Reads a file by its name (<c>label-noise</c>) or, where the name ends in <c>.yaml</c> or <c>.yml</c> or holds a separator,
    /// by its path.</summary>
    /// <exception cref="SatException">There is none, or it cannot be read (exit code 2).</exception>
    public static BaselineFile Read(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (Names.Contains(nameOrPath, StringComparer.Ordinal))
        {
            using var stream = typeof(BaselineLibrary).Assembly.GetManifestResourceStream(Prefix + nameOrPath + Suffix)!;
            using var reader = new StreamReader(stream);
            return BaselineReader.Read(nameOrPath + Suffix, reader.ReadToEnd());
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
            return BaselineReader.Read(nameOrPath, RegularFile.ReadAllText(nameOrPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Planning, $"the published values {nameOrPath} cannot be read: {e.Message}", inner: e);
        }
    }
}
