using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Data;

/// <summary>
/// The right to change a dataset: an exclusive lock on a file. The operating system gives it back when its holder dies,
/// however it dies.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, once nobody else has it.</summary>
    /// <param name="path">The file; it stays.</param>
    /// <param name="waiting">Called once when somebody else has it.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static async Task<DataLock> Take(string path, Action waiting, CancellationToken stop)
    {
        for (var told = false; ; await Task.Delay(Look, stop))
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new DataLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (IsLocked(e))
            {
                if (!told)
                    waiting();
                told = true;
            }
            catch (Exception e) when (WriteError.Is(e))
            {
                throw WriteError.Explain(path, e, instead: DataStore.OtherFolder);
            }
        }
    }

    /// <summary>EWOULDBLOCK of flock on Linux and macOS, and a sharing violation on Windows.</summary>
    private static bool IsLocked(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    public void Dispose() => _file.Dispose();
}
