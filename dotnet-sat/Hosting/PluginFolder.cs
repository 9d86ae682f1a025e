using Sat.Records;
using Sat.Records.Files;

namespace Sat.Hosting;

/// <summary>What a plugin's folder may hold: files of its own, in bounds. A stranger's folder must not bring along what else lies on this
/// machine.</summary>
internal static class PluginFolder
{
    /// <summary>The most files of a plugin.</summary>
    public const int MostFiles = 10_000;

    /// <summary>The most bytes of a plugin: 4 GiB.</summary>
    public const long MostBytes = 4L << 30;

    /// <summary>Every file of a plugin's folder, absolute; links to files within it among them.</summary>
    /// <exception cref="SatException">It holds a pipe, a device, a link that leads out of it or to a folder, or too much (exit code
    /// 5).</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        var files = new List<string>();
        var bytes = 0L;
        try
        {
            Add(new DirectoryInfo(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(folder, e.Message);
        }
        return files;

        void Add(DirectoryInfo from)
        {
            foreach (var entry in from.EnumerateFileSystemInfos())
            {
                if (entry.LinkTarget is not null)
                    RequireOwn(folder, entry);
                if (entry is DirectoryInfo inner)
                {
                    Add(inner);
                    continue;
                }
                RegularFile.Require(entry.FullName);
                files.Add(entry.FullName);
                bytes += new FileInfo(entry.FullName) is { LinkTarget: null } file
                    ? file.Length
                    : ((FileInfo)entry.ResolveLinkTarget(returnFinalTarget: true)!).Length;
                if (files.Count > MostFiles || bytes > MostBytes)
                    throw Refuse(
                        folder,
                        $"it has more than {MostFiles} files or {ByteSize.Text(MostBytes)}: give a folder that only the plugin was published into"
                    );
            }
        }
    }

    /// <summary>Refuses a folder in which the loader would wait for ever.</summary>
    /// <exception cref="SatException">It holds a pipe or the like (exit code 5).</exception>
    public static void RequireFiles(string folder)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder))
                RegularFile.Require(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(folder, e.Message);
        }
    }

    private static void RequireOwn(string folder, FileSystemInfo link)
    {
        if (link is DirectoryInfo || Directory.Exists(link.FullName))
            throw Refuse(folder, $"{link.FullName} is a link to a folder: publish the plugin with the files themselves");
        if (link.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true } target || !FolderTree.Holds(folder, target.FullName))
            throw Refuse(folder, $"{link.FullName} is a link that leads out of it: publish the plugin with the file itself");
    }

    private static SatException Refuse(string folder, string why) =>
        new(ExitCode.Environment, $"the plugin's folder {folder} is refused: {why}");
}
