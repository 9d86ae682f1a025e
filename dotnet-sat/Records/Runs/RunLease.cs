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
            return new RunLease(new FileStream(folder.LeaseFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SatException(ExitCode.Environment, $"cannot write {folder.Path}: {e.Message}", inner: e);
        }
        catch (IOException e) when (!File.Exists(folder.LeaseFile))
        {
            throw new SatException(ExitCode.Environment, $"cannot write {folder.Path}: {e.Message}", inner: e);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>True while some process holds the lease.</summary>
    public static bool IsHeld(RunFolder folder)
    {
        if (!File.Exists(folder.LeaseFile))
            return false;
        using var lease = TryTake(folder);
        return lease is null;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
