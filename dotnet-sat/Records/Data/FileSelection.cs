using System.IO.Enumeration;
using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>
/// Which files of a folder a component reads. Planning hashes these and no others, the worker checks these, and the component is given these, so a file
/// that lies beside them is no part of a run.
/// </summary>
public sealed record FileSelection
{
    /// <summary>Every file that is neither hidden nor left behind by a system.</summary>
    public static FileSelection All { get; } = new();

    /// <summary>
    /// Patterns of names relative to the folder: <c>*</c> is any text within a part, <c>**</c> as the last part any file beneath. Where an entry holds several
    /// with <c>|</c> between them, the first that matches any file is read, and the others are not: <c>test/*/**|val/*/**</c>.
    /// </summary>
    public IReadOnlyList<string> Include { get; init; } = ["**"];

    /// <summary>Patterns of file names (the last part, in any case) that are not read: <c>*.txt</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>True to read hidden files and folders, and what <see cref="StrayFiles"/> lists, too.</summary>
    public bool Hidden { get; init; }

    /// <summary>The files, relative with <c>/</c>, and their paths.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyDictionary<string, string> In(string folder)
    {
        var groups = Include.Select(i => i.Split('|').Select(p => p.Split('/')).ToArray()).ToArray();
        var all = groups.SelectMany(g => g).ToArray();
        var files = FolderTree.Files(folder, inner =>
                (Hidden || !StrayFiles.Is(Path.GetFileName(inner))) && all.Any(MayHold(Path.GetRelativePath(folder, inner).Split(Path.DirectorySeparatorChar))))
            .Where(file => IsRead(Path.GetFileName(file)));
        var names = files.Select(path => (Path: path, Parts: Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar))).ToArray();
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var chosen = group.Select(pattern => names.Where(n => Matches(pattern, n.Parts)).ToArray()).FirstOrDefault(found => found.Length > 0) ?? [];
            foreach (var (path, parts) in chosen)
                read[string.Join('/', parts)] = path;
        }
        return read;
    }

    /// <summary>What is wrong with it, a sentence each; none: it serves.</summary>
    public IEnumerable<string> Broken()
    {
        if (Include.Count == 0)
            yield return "no pattern says which files are read";
        foreach (var pattern in Include.SelectMany(i => i.Split('|')))
        {
            var parts = pattern.Split('/');
            if (parts.Any(p => p is "" or "." or "..") || parts.SkipLast(1).Contains("**"))
                yield return $"'{pattern}' is no pattern of relative names with '**' at most as its last part";
        }
        foreach (var pattern in Exclude.Where(p => p.Length == 0 || p.Contains('/', StringComparison.Ordinal)))
            yield return $"'{pattern}' is no pattern of file names";
    }

    private bool IsRead(ReadOnlySpan<char> name)
    {
        if (!Hidden && StrayFiles.Is(name))
            return false;
        foreach (var pattern in Exclude)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name))
                return false;
        }
        return true;
    }

    /// <summary>Whether a pattern can match a file beneath a folder.</summary>
    private static Func<string[], bool> MayHold(string[] folder) => pattern =>
        (pattern[^1] == "**" || pattern.Length > folder.Length) && pattern.Zip(folder).All(p => p.First == "**" || Matches(p.First, p.Second));

    private static bool Matches(string[] pattern, string[] name)
    {
        var open = pattern[^1] == "**";
        return (open ? name.Length >= pattern.Length : name.Length == pattern.Length)
            && pattern.Zip(name).All(p => p.First == "**" || Matches(p.First, p.Second));
    }

    private static bool Matches(string pattern, string part) => FileSystemName.MatchesSimpleExpression(pattern, part, ignoreCase: false);
}
