namespace Sat.Records.Runs;

/// <summary>A row of <c>telemetry.jsonl</c>: what an epoch cost.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainSeconds">Seconds of training steps.</param>
/// <param name="EvaluateSeconds">Seconds of evaluation.</param>
/// <param name="ImagesPerSecond">Training samples a second.</param>
/// <param name="MemoryBytes">Resident memory at the epoch's end.</param>
/// <param name="LiveTensors">TorchSharp tensors alive at the epoch's end.</param>
public sealed record TelemetryRow(
    int Epoch,
    double TrainSeconds,
    double EvaluateSeconds,
    double ImagesPerSecond,
    long MemoryBytes,
    long LiveTensors
);
