using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>Measures how fast a run trains, over its earlier parts too.</summary>
public sealed class SpeedMeter : IRunSink
{
    private double _seconds;
    private int _epochs;

    /// <param name="folder">The run's, with the telemetry of its earlier parts.</param>
    public SpeedMeter(RunFolder folder)
    {
        var before = JsonLines.Read<TelemetryRow>(folder.TelemetryFile);
        (_seconds, _epochs) = (before.Sum(r => r.TrainSeconds), before.Count);
    }

    /// <summary>Training samples a second over all epochs, evaluation left out.</summary>
    /// <param name="samples">Training samples of an epoch.</param>
    public double ImagesPerSecond(long samples) => samples * _epochs / _seconds;

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch)
    {
        _seconds += epoch.Telemetry.TrainSeconds;
        _epochs++;
    }
}
