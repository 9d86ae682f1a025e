using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>Files that lie on this machine as they are.</summary>
/// <param name="location">Where, for messages.</param>
/// <param name="names">Their names.</param>
/// <param name="pathOf">From a name to the file's path: of millions, none is kept.</param>
internal sealed class FolderContents(string location, IReadOnlyList<string> names, Func<string, string> pathOf) : FileContents
{
    /// <summary>What bytes of a name become that are not UTF-8: no path leads back to them.</summary>
    private const char Unreadable = '\uFFFD';

    public override IReadOnlyList<string> Stored => [.. names.Select(pathOf)];

    public override Stream Open(string name)
    {
        try
        {
            return RegularFile.OpenRead(pathOf(name));
        }
        catch (FileNotFoundException e) when (name.Contains(Unreadable, StringComparison.Ordinal))
        {
            throw new SatException(
                ExitCode.Environment,
                $"{name} in {location} has a name that is not UTF-8, so it cannot be opened. Rename it, or remove it.",
                inner: e
            );
        }
        catch (FileNotFoundException e) when (LinkedFiles.Target(pathOf(name)) is { } target)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{name} in {location} is a link to {target}, and nothing is there. Remove the link, or put the file there.",
                inner: e
            );
        }
    }

    public override (long Length, DateTime Written)? Stamp(string name) =>
        new FileInfo(pathOf(name)) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : null;
}
