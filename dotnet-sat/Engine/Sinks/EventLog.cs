using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>Writes <c>events.jsonl</c>, for whoever watches the run.</summary>
public sealed class EventLog(RunFolder folder, int epochs) : IRunSink
{
    private readonly JsonLinesWriter _writer = new(folder.EventsFile);

    /// <summary>Appends an event.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="with">Adds what is known of it.</param>
    public void Append(RunEventKind kind, Func<RunEvent, RunEvent>? with = null)
    {
        var plain = new RunEvent
        {
            Kind = kind,
            Time = DateTimeOffset.UtcNow,
            Epochs = epochs,
        };
        _writer.Append(with?.Invoke(plain) ?? plain);
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress) =>
        Append(RunEventKind.Progress, e =>
            e with
            {
                Epoch = progress.Epoch,
                Step = progress.Step,
                Steps = progress.Steps,
                ImagesPerSecond = progress.ImagesPerSecond,
            }
        );

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch) =>
        Append(RunEventKind.Epoch, e =>
            e with
            {
                Epoch = epoch.Telemetry.Epoch,
                ImagesPerSecond = epoch.Telemetry.ImagesPerSecond,
                Metrics = epoch.Metrics?.Values,
            }
        );

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
