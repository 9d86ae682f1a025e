using System.Text;

namespace Sat.Tests.Kit;

/// <summary>A folder that is gone when the test is over.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("sat-test-").FullName;

    /// <summary>A path in it.</summary>
    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Writes a file, in UTF-8, and the folders above it.</summary>
    /// <returns>The file's path.</returns>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file, and the folders above it.</summary>
    /// <returns>The file's path.</returns>
    public string Write(string name, byte[] bytes)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Relative names of all files and links beneath a folder of this one, with <c>/</c>, in ordinal order.</summary>
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
