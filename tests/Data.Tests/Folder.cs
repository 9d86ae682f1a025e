namespace Sat.Data.Tests;

/// <summary>A folder of a test's own.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sat-data-").FullName;

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Write(byte[] bytes, params string[] names)
    {
        var path = At(names);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Relative names of all files beneath a folder, with <c>/</c>, in ordinal order.</summary>
    public string[] Files(params string[] names) =>
        Directory.Exists(At(names))
            ?
            [
                .. Directory
                    .EnumerateFileSystemEntries(At(names), "*", SearchOption.AllDirectories)
                    .Where(f => !Directory.Exists(f) || new DirectoryInfo(f).LinkTarget is not null)
                    .Select(f => System.IO.Path.GetRelativePath(At(names), f).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
