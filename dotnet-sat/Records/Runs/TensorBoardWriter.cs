using Sat.Records.Files;

namespace Sat.Records.Runs;

/// <summary>Adds epochs to a file that <see cref="TensorBoard.Write"/> made. A record is handed to the operating system at once; one cut
/// off by a kill is the last, and readers wait for its end.</summary>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Opens a file.</summary>
    /// <exception cref="SatException">It cannot be written (exit code 5).</exception>
    public TensorBoardWriter(string path)
    {
        _path = path;
        try
        {
            RegularFile.Require(path);
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(path, e);
        }
    }

    /// <summary>Adds an epoch.</summary>
    /// <exception cref="SatException">It cannot be written (exit code 5).</exception>
    public void Append(MetricsRow row, DateTimeOffset time)
    {
        try
        {
            _file.Write(TensorBoard.Record(row, time));
        }
        catch (IOException e)
        {
            throw WriteError.Explain(_path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
