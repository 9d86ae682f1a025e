using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>Files that lie on this machine as they are.</summary>
/// <param name="location">Where, for messages.</param>
/// <param name="paths">Their paths, by name.</param>
internal sealed class FolderContents(string location, IReadOnlyDictionary<string, string> paths) : FileContents
{
    public override IReadOnlyList<string> Stored => [.. paths.Values];

    public override Stream Open(string name)
    {
        try
        {
            return RegularFile.OpenRead(paths[name]);
        }
        catch (FileNotFoundException e) when (LinkedFiles.Target(paths[name]) is { } target)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{name} in {location} is a link to {target}, and nothing is there. Remove the link, or put the file there.",
                inner: e
            );
        }
    }

    public override (long Length, DateTime Written)? Stamp(string name) =>
        new FileInfo(paths[name]) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : null;
}
