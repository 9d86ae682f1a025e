using System.IO.Enumeration;
using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>
/// Which files of a folder a component reads. Planning hashes these and no others, the worker checks these, and the component is given
/// these, so a file that lies beside them is no part of a run.
/// </summary>
public sealed record FileSelection
{
    /// <summary>Every file that is neither hidden nor left behind by a system.</summary>
    public static FileSelection All { get; } = new();

    /// <summary>
    /// Patterns of names relative to the folder: <c>*</c> is any text within a part, <c>**</c> as the last part any file beneath. Where an
    /// entry holds several with <c>|</c> between them, the first that matches any file is read, and the others are not:
    /// <c>test/*/**|val/*/**</c>.
    /// </summary>
    public IReadOnlyList<string> Include { get; init; } = ["**"];

    /// <summary>Patterns of file names (the last part, in any case) that are not read: <c>*.txt</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>True if the path is that of one file, and planning refuses a folder.</summary>
    public bool OneFile { get; init; }

    /// <summary>True to read hidden files and folders, and what <see cref="StrayFiles"/> lists, too.</summary>
    public bool Hidden { get; init; }

    /// <summary>What planning notes where a pattern of <see cref="Include"/> is the one that is read, a sentence each, by the pattern: that
    /// there are no test images, say, and what is done instead. <c>{files}</c> stands for how many it matches, and <c>{folders}</c> for how
    /// many folders these lie in, as in <c>12 files in 3 folders</c>.</summary>
    public IReadOnlyDictionary<string, string> Remarks { get; init; } = new Dictionary<string, string>();

    /// <summary>What a folder must hold, or planning refuses it: training images, say, and test images where these are in a folder of
    /// their own. The first that is missing is named.</summary>
    public IReadOnlyList<NeededFiles> Needs { get; init; } = [];

    /// <summary>The files of a folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public FoundFiles In(string folder)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        var beside = new SortedSet<string>(StringComparer.Ordinal);
        var remarks = new List<string>();
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        string[][] all = [.. Include.SelectMany(i => i.Split('|')).Select(p => p.Split('/'))];
        foreach (var entry in Include)
        {
            foreach (var pattern in entry.Split('|'))
            {
                var parts = pattern.Split('/');
                var (found, rest) = (new List<string[]>(), new List<string[]>());
                foreach (var (path, name) in Walk(folder, parts))
                {
                    if (IsRead(name[^1]) && Matches(parts, name))
                    {
                        read[string.Join('/', name)] = path;
                        found.Add(name);
                    }
                    else if (!StrayFiles.Is(name[^1]))
                        rest.Add(name);
                }
                // What another pattern would read lies in no wrong place, unless it lies in the very folder that this one reads.
                beside.UnionWith(
                    rest.Where(n => !IsRead(n[^1]) || !all.Any(p => Matches(p, n)) || (found.Count > 0 && IsWithin(parts, n)))
                        .Select(n => string.Join('/', n))
                );
                if (found.Count == 0)
                    continue;
                if (Remarks.TryGetValue(pattern, out var remark))
                    remarks.Add(Counted(remark, parts, found));
                chosen[entry] = pattern;
                break;
            }
        }
        beside.UnionWith(OtherFolders(folder, [.. chosen.Values]));
        beside.ExceptWith(read.Keys);
        if (LinkedFiles.Repeated(read) is { } repeated)
            remarks.Add(repeated);
        var missing = Needs
            .FirstOrDefault(n => !chosen.ContainsKey(n.Entry) && (n.With is null || chosen.ContainsValue(n.With)))
            ?.Otherwise;
        return new FoundFiles(read, [.. beside], remarks, missing?.Replace("{folder}", folder, StringComparison.Ordinal))
        {
            Patterns = [.. chosen.Values],
        };
    }

    /// <summary>Whether what is written into a folder may become one of the files.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="inner">A folder beneath it, which need not exist: its parts, relative to the first.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool ReadsBeneath(string folder, params string[] inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return (Hidden || !inner.Any(i => StrayFiles.Is(i))) && In(folder).Patterns.Any(p => MayHold(p.Split('/'))(inner));
    }

    /// <summary>Folders that no pattern which is read leads into, with a <c>/</c> at their end; none where a pattern leads into
    /// each.</summary>
    private IEnumerable<string> OtherFolders(string folder, string[] chosen)
    {
        string[] roots = [.. chosen.Select(p => p.Split('/')[0])];
        return roots.Length == 0 || roots.Any(r => r.Contains('*', StringComparison.Ordinal))
            ? []
            : Directory
                .EnumerateDirectories(folder)
                .Select(d => Path.GetFileName(d))
                .Where(n => (Hidden || !StrayFiles.Is(n)) && !roots.Contains(n, StringComparer.Ordinal))
                .Select(n => n + '/');
    }

    /// <summary>Whether a file lies beneath the folders that a pattern names in full, one at least.</summary>
    private static bool IsWithin(string[] pattern, string[] name)
    {
        string[] named = [.. pattern.SkipLast(1).TakeWhile(p => !p.Contains('*', StringComparison.Ordinal))];
        return named.Length > 0 && name.Length > named.Length && named.SequenceEqual(name.Take(named.Length), StringComparer.Ordinal);
    }

    /// <summary>A remark with its numbers.</summary>
    /// <param name="remark">The remark.</param>
    /// <param name="pattern">The pattern that it is for, by parts.</param>
    /// <param name="found">The names of the files that matched, by parts.</param>
    private static string Counted(string remark, string[] pattern, List<string[]> found)
    {
        var folders = found.Select(n => string.Join('/', n.Take(pattern.Length - 1))).Distinct(StringComparer.Ordinal).Count();
        return remark
            .Replace("{files}", Count.Of(found.Count, "file"), StringComparison.Ordinal)
            .Replace("{folders}", Count.Of(folders, "folder"), StringComparison.Ordinal);
    }

    /// <summary>The files of a folder in which those of a pattern can lie, and their names by parts.</summary>
    private IEnumerable<(string Path, string[] Name)> Walk(string folder, string[] pattern)
    {
        var mayHold = MayHold(pattern);
        return FolderTree
            .Files(folder, inner =>
                (Hidden || !StrayFiles.Is(Path.GetFileName(inner)))
                && mayHold(Path.GetRelativePath(folder, inner).Split(Path.DirectorySeparatorChar))
            )
            .Select(path => (path, Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)));
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
                yield return $"'{pattern}' is not a pattern of relative names with '**' only as its last part";
        }
        foreach (var pattern in Remarks.Keys.Except(Include.SelectMany(i => i.Split('|')), StringComparer.Ordinal))
            yield return $"'{pattern}' has a remark but is not a pattern of files that are read";
        foreach (var need in Needs)
        {
            if (!Include.Contains(need.Entry, StringComparer.Ordinal))
                yield return $"'{need.Entry}' is needed but is no entry of the files that are read";
            if (need.With is { } with && !Include.SelectMany(i => i.Split('|')).Contains(with, StringComparer.Ordinal))
                yield return $"'{with}' needs other files but is not a pattern of files that are read";
        }
        foreach (var pattern in Exclude.Where(p => p.Length == 0 || p.Contains('/', StringComparison.Ordinal)))
            yield return $"'{pattern}' is not a pattern of file names";
    }

    private bool IsRead(ReadOnlySpan<char> name)
    {
        if ((!Hidden && StrayFiles.Is(name)) || KeptChecksum.Is(name))
            return false;
        foreach (var pattern in Exclude)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name))
                return false;
        }
        return true;
    }

    /// <summary>Whether a pattern can match a file beneath a folder.</summary>
    private static Func<string[], bool> MayHold(string[] pattern) =>
        folder =>
            (pattern[^1] == "**" || pattern.Length > folder.Length)
            && pattern.Zip(folder).All(p => p.First == "**" || Matches(p.First, p.Second));

    private static bool Matches(string[] pattern, string[] name)
    {
        var open = pattern[^1] == "**";
        return (open ? name.Length >= pattern.Length : name.Length == pattern.Length)
            && pattern.Zip(name).All(p => p.First == "**" || Matches(p.First, p.Second));
    }

    private static bool Matches(string pattern, string part) => FileSystemName.MatchesSimpleExpression(pattern, part, ignoreCase: false);
}
