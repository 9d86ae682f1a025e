using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Tool.Files;

/// <summary>A file that a user named. Links are followed, and a pipe or a device gets what is written rather than being replaced.</summary>
internal static class UserFile
{
    /// <summary>Writes it: a regular file whole or not at all.</summary>
    /// <exception cref="SatException">It cannot be written (exit code 5).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (IsStream(path))
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                write(stream);
            }
            catch (Exception e) when (WriteError.Is(e))
            {
                throw WriteError.Explain(path, e);
            }
            return;
        }
        var file = new FileInfo(path);
        AtomicFile.Write(file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path, write);
    }

    private static bool IsStream(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            RegularFile.Require(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
