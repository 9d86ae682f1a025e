namespace Sat.Benchmarks.Measuring;

/// <summary>What is measured, as raw files name it.</summary>
internal static class MeasureNames
{
    public const string Seconds = "seconds";
    public const string SecondsPerRun = "seconds-per-run";
    public const string MicrosecondsPerImage = "microseconds-per-image";
    public const string TrainingRate = "training-images-per-second";
    public const string OperationsPerSecond = "operations-per-second";
    public const string WholeRate = "whole-images-per-second";
    public const string SecondsPerCheckpoint = "seconds-per-checkpoint";
    public const string ShareAtDefault = "share-at-default-interval";
    public const string StepShare = "share-of-a-step";
    public const string StepCost = "plain-steps-per-pass";
    public const string WriteSecondsPerCheckpoint = "write-seconds-per-checkpoint";
    public const string SecondsBesideTraining = "seconds-beside-training";
    public const string MemoryGained = "memory-gained";
    public const string TensorsGained = "tensors-gained";
    public const string Steps = "steps";
    public const string PeakBytes = "peak-bytes";
}
