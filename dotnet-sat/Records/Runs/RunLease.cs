namespace Sat.Records.Runs;

/// <summary>
/// The right to work on a run: an exclusive lock on a file in its folder. The operating system gives it back when its
/// holder dies, however it dies.
/// </summary>
public sealed class RunLease : IDisposable
{
    private readonly FileStream _file;

    private RunLease(FileStream file) => _file = file;

    /// <summary>Takes the lease, or returns null while another process holds it.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static RunLease? TryTake(RunFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            // Who only asks (IsHeld) locks for an instant too: a few looks tell asking from holding.
            for (var look = 0; ; look++)
            {
                try
                {
                    return new RunLease(new FileStream(folder.LeaseFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                }
                catch (IOException e) when (IsLocked(e))
                {
                    if (look == 4)
                        return null;
                    Thread.Sleep(10);
                }
            }
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Of(folder.Path, e);
        }
    }

    /// <summary>True while some process holds the lease. Reads only, so that a folder on a read-only medium can be asked.</summary>
    public static bool IsHeld(RunFolder folder)
    {
        try
        {
            using var file = new FileStream(folder.LeaseFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e) when (IsLocked(e))
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // Who may not look must not take it for free.
            return true;
        }
    }

    /// <summary>EWOULDBLOCK of flock on Linux and macOS, and a sharing violation on Windows.</summary>
    private static bool IsLocked(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
