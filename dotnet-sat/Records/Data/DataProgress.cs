namespace Sat.Records.Data;

/// <summary>How far something is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Name">With which file.</param>
/// <param name="Bytes">Bytes done.</param>
/// <param name="Total">Bytes in all; null: not known.</param>
public readonly record struct DataProgress(DataStage Stage, string Name, long Bytes, long? Total);
