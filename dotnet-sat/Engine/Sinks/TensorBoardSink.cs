using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>Writes a file for TensorBoard.</summary>
public sealed class TensorBoardSink : IRunSink
{
    private readonly TensorBoardWriter _writer;

    /// <param name="lease">The right to write.</param>
    public TensorBoardSink(RunLease lease)
    {
        // Made anew from the metrics, which were cut back to the checkpoint; only the times of its epochs are its own.
        var file = lease.Folder.TensorBoardFile;
        var (rows, times) = (lease.Folder.ReadMetrics(), TensorBoard.ReadTimes(file));
        lease.Write(file, stream => TensorBoard.Write(stream, rows, times, DateTimeOffset.UtcNow));
        _writer = new TensorBoardWriter(file);
    }

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch)
    {
        if (epoch.Metrics is { } metrics)
            _writer.Append(metrics, DateTimeOffset.UtcNow);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
