using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>Links among the files that are read.</summary>
internal static class LinkedFiles
{
    /// <summary>Says in a sentence that files have several names by links, which makes several samples of one; null: none has.</summary>
    /// <param name="folder">The folder that they lie beneath.</param>
    /// <param name="read">Their names, in ordinal order.</param>
    public static string? Repeated(string folder, IReadOnlyList<string> read)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var (count, example) = (0, "");
        foreach (var name in read)
        {
            if (Real(Path.Combine(folder, name), folders) is not { } real || names.TryAdd(real, name))
                continue;
            if (count++ == 0)
                example = $"{name} is {names[real]}";
        }
        return count == 0
            ? null
            : $"{Count.Of(count, "file")} {Count.Word(count, "is", "are")} there a second time, by links: {example}{(count > 1 ? ", ..." : "")}. Each counts as a sample of its own; remove the links unless that is meant.";
    }

    /// <summary>Where the link leads that a file is; null: it is none.</summary>
    /// <param name="path">The file.</param>
    public static string? Target(string path) => new FileInfo(path).LinkTarget;

    /// <summary>A file's path without links; null: its links lead round.</summary>
    private static string? Real(string path, Dictionary<string, string> folders)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!folders.TryGetValue(folder, out var real))
                folders[folder] = real = FolderTree.Real(folder);
            return new FileInfo(path).LinkTarget is null ? Path.Combine(real, Path.GetFileName(path)) : FolderTree.Real(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
