using System.Runtime.InteropServices;
using System.Text;

namespace Sat.Records.Runs;

/// <summary>Files that are whole or absent: written beside, flushed to the disk, renamed, the folder flushed too.</summary>
public static partial class AtomicFile
{
    private static int _count;

    /// <summary>Writes a text in UTF-8.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes what <paramref name="write"/> puts into the stream.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var whole = Path.GetFullPath(path);
        Write(Path.GetDirectoryName(whole)!, path, stream =>
        {
            write(stream);
            return whole;
        });
    }

    /// <summary>Writes a file whose place may depend on what is in it.</summary>
    /// <param name="workFolder">Where it is written until it is whole: a folder of the same file system.</param>
    /// <param name="what">The file, or what it is, for messages.</param>
    /// <param name="write">Writes it and says where it belongs.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="SatException">A folder cannot be written (exit code 5).</exception>
    public static string Write(string workFolder, string what, Func<Stream, string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var beside = Path.Combine(workFolder, $"{Path.GetFileName(what)}.{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.tmp");
        try
        {
            string path;
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                path = write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
            FlushFolder(Path.GetDirectoryName(path)!);
            return path;
        }
        catch (Exception e)
        {
            TryDelete(beside);
            if (WriteError.Is(e))
                throw WriteError.Explain(what, e);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            // The message of the first failure is the one that helps.
        }
    }

    /// <summary>A rename is on the disk only when its folder is. .NET opens no folders, so this is libc's fsync.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        _ = FSync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
