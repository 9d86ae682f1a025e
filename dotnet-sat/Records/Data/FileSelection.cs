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
        var names = new List<string>();
        var beside = new SortedSet<string>(StringComparer.Ordinal);
        var remarks = new List<string>();
        var chosen = new Dictionary<string, NamePattern>(StringComparer.Ordinal);
        var isLinked = false;
        var excluded = new ExcludedNames(Exclude);
        bool IsRead(ReadOnlySpan<char> file) => (Hidden || !StrayFiles.Is(file)) && !KeptChecksum.Is(file) && !excluded.Has(file);
        NamePattern[] all = [.. Include.SelectMany(Patterns)];
        foreach (var entry in Include)
        {
            foreach (var pattern in Patterns(entry))
            {
                var (first, rest) = (names.Count, new List<string>());
                foreach (var file in FolderTree.Files(folder, inner => (Hidden || !StrayFiles.Is(Last(inner))) && pattern.MayHold(inner)))
                {
                    var last = Last(file.Name);
                    if (IsRead(last) && pattern.Matches(file.Name))
                    {
                        names.Add(file.Name);
                        isLinked |= file.IsLinked;
                    }
                    else if (!StrayFiles.Is(last))
                        rest.Add(file.Name);
                }
                var found = names.Count - first;
                // What another pattern would read lies in no wrong place, unless it lies in the very folder that this one reads.
                beside.UnionWith(
                    rest.Where(n => !IsRead(Last(n)) || !Array.Exists(all, p => p.Matches(n)) || (found > 0 && pattern.Encloses(n)))
                );
                if (found == 0)
                    continue;
                if (Remarks.TryGetValue(pattern.Text, out var remark))
                    remarks.Add(Counted(remark, pattern, names.Skip(first)));
                chosen[entry] = pattern;
                break;
            }
        }
        names.Sort(StringComparer.Ordinal);
        string[] read = [.. Once(names)];
        beside.UnionWith(OtherFolders(folder, [.. chosen.Values.Select(p => p.Text)]));
        beside.RemoveWhere(n => Array.BinarySearch(read, n, StringComparer.Ordinal) >= 0);
        // Without a link each file is there once: nothing need be remembered of millions.
        if (isLinked && LinkedFiles.Repeated(folder, read) is { } repeated)
            remarks.Add(repeated);
        var missing = Needs
            .FirstOrDefault(n => !chosen.ContainsKey(n.Entry) && (n.With is null || chosen.Values.Any(p => p.Text == n.With)))
            ?.Otherwise;
        return new FoundFiles(read, [.. beside], remarks, missing?.Replace("{folder}", folder, StringComparison.Ordinal))
        {
            Patterns = [.. chosen.Values.Select(p => p.Text)],
        };
    }

    /// <summary>Whether what is written into a folder may become one of the files.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="inner">A folder beneath it, which need not exist: its parts, relative to the first.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool ReadsBeneath(string folder, params string[] inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return (Hidden || !inner.Any(i => StrayFiles.Is(i)))
            && In(folder).Patterns.Any(p => new NamePattern(p).MayHold(string.Join('/', inner)));
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

    private static IEnumerable<NamePattern> Patterns(string entry) => entry.Split('|').Select(p => new NamePattern(p));

    /// <summary>A file's name without its folders.</summary>
    private static ReadOnlySpan<char> Last(string name) => name.AsSpan(name.LastIndexOf('/') + 1);

    /// <summary>Each of some names that are in order, once: two patterns may match a file.</summary>
    private static IEnumerable<string> Once(List<string> names) => names.Where((name, i) => i == 0 || name != names[i - 1]);

    /// <summary>A remark with its numbers.</summary>
    /// <param name="remark">The remark.</param>
    /// <param name="pattern">The pattern that it is for.</param>
    /// <param name="found">The names of the files that matched.</param>
    private static string Counted(string remark, NamePattern pattern, IEnumerable<string> found)
    {
        var files = 0;
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var known = folders.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var name in found)
        {
            files++;
            var end = 0;
            for (var part = 0; part < pattern.Depth; part++)
                end = name.IndexOf('/', end) + 1;
            known.Add(name.AsSpan(0, end));
        }
        return remark
            .Replace("{files}", Count.Of(files, "file"), StringComparison.Ordinal)
            .Replace("{folders}", Count.Of(folders.Count, "folder"), StringComparison.Ordinal);
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
}
