using Sat.Records.Runs;

namespace Sat.Engine.Training;

/// <summary>Told how training goes.</summary>
public interface ITrainingListener
{
    /// <summary>Steps were made; called at most about once a second.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="step">Steps made, over all epochs.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="imagesPerSecond">Since the epoch began.</param>
    void Progress(int epoch, long step, long steps, double imagesPerSecond);

    /// <summary>An epoch ended.</summary>
    /// <param name="metrics">Null when the epoch was not evaluated.</param>
    /// <param name="telemetry">What it cost.</param>
    void EpochEnded(MetricsRow? metrics, TelemetryRow telemetry);
}

/// <summary>The loss became infinite or not a number.</summary>
public sealed class DivergedException(int epoch)
    : Exception($"the loss became infinite or not a number in epoch {epoch}. A lower learning rate may help.");
