using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>Writes <c>metrics.jsonl</c>.</summary>
public sealed class MetricsSink(RunFolder folder) : IRunSink
{
    private readonly JsonLinesWriter _writer = new(folder.MetricsFile);

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch)
    {
        if (epoch.Metrics is { } metrics)
            _writer.Append(metrics);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
