using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>Writes <c>telemetry.jsonl</c>.</summary>
public sealed class TelemetrySink(RunFolder folder) : IRunSink
{
    private readonly JsonLinesWriter _writer = new(folder.TelemetryFile);

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch) => _writer.Append(epoch.Telemetry);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
