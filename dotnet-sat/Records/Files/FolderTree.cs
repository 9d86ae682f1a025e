namespace Sat.Records.Files;

/// <summary>The files beneath a folder. A link to a folder that holds it leads round for ever, and is not followed.</summary>
public static class FolderTree
{
    /// <summary>Every file beneath a folder, links to files and to other folders followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="enters">Says of a folder beneath, by its path, whether its files are wanted; null: of each.</param>
    public static IEnumerable<string> Files(string folder, Func<string, bool>? enters = null) =>
        Files(new DirectoryInfo(folder), enters ?? (_ => true), []);

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

    private static IEnumerable<string> Files(DirectoryInfo folder, Func<string, bool> enters, HashSet<string> around)
    {
        var real = Real(folder.FullName);
        if (!around.Add(real))
            yield break;
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is not DirectoryInfo inner)
            {
                yield return entry.FullName;
                continue;
            }
            if (!enters(inner.FullName))
                continue;
            foreach (var file in Files(inner, enters, around))
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
