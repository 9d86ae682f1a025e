using System.IO.Enumeration;

namespace Sat.Records.Files;

/// <summary>The files beneath a folder. A link to a folder that holds it leads round for ever, and is not followed.</summary>
public static class FolderTree
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Every file beneath a folder, links to files and to other folders followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="enters">Says of a folder beneath, by its relative name with <c>/</c>, whether its files are wanted; null: of
    /// each.</param>
    public static IEnumerable<TreeFile> Files(string folder, Func<string, bool>? enters = null) =>
        Files(Path.GetFullPath(folder), Real(folder), "", isLinked: false, enters ?? (_ => true), []);

    /// <summary>Every file beneath a folder that is there itself: no link is followed, and none is among them.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> OwnFiles(string folder) =>
        Directory.EnumerateFiles(
            folder,
            "*",
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
                IgnoreInaccessible = false,
            }
        );

    /// <summary>True if a path lies within a folder once all links are followed.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">A link leads round.</exception>
    public static bool Holds(string folder, string path) =>
        Path.GetRelativePath(Real(folder), Real(path)) is var relative
        && relative != ".."
        && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && !Path.IsPathRooted(relative);

    private static IEnumerable<TreeFile> Files(
        string folder,
        string real,
        string name,
        bool isLinked,
        Func<string, bool> enters,
        HashSet<string> around
    )
    {
        if (!around.Add(real))
            yield break;
        var entries = new FileSystemEnumerable<(string Name, bool IsLink, bool IsFolder)>(
            folder,
            (ref FileSystemEntry entry) =>
                (string.Concat(name, entry.FileName), entry.Attributes.HasFlag(FileAttributes.ReparsePoint), entry.IsDirectory),
            All
        );
        foreach (var (inner, isLink, isFolder) in entries)
        {
            if (!isFolder)
            {
                yield return new TreeFile(inner, isLinked || isLink);
                continue;
            }
            if (!enters(inner))
                continue;
            var path = Path.Join(folder, inner.AsSpan(name.Length));
            var its = isLink ? Real(path) : Path.Join(real, inner.AsSpan(name.Length));
            foreach (var file in Files(path, its, inner + '/', isLinked || isLink, enters, around))
                yield return file;
        }
        around.Remove(real);
    }

    /// <summary>A path without links, as far as it is there.</summary>
    /// <exception cref="IOException">A link leads round.</exception>
    public static string Real(string path)
    {
        var whole = Path.GetFullPath(path);
        var root = Path.GetPathRoot(whole)!;
        var real = root;
        // A link within a link's target is one of the parts to come; more than this many lead round.
        var left = new Stack<string>(
            whole[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse()
        );
        var links = 0;
        while (left.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            var info = new FileInfo(next);
            if (info.LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > 40)
                throw new IOException($"{path} is a link that leads back to its own folder");
            var linked = Path.GetFullPath(Path.Combine(real, target));
            real = Path.GetPathRoot(linked)!;
            foreach (var piece in linked[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                left.Push(piece);
        }
        return real;
    }
}
