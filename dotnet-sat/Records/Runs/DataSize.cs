namespace Sat.Records.Runs;

/// <summary>The part of <see cref="RunData"/> that a <see cref="RunSummary"/> keeps.</summary>
/// <param name="Train">Training samples.</param>
public sealed record DataSize(long Train);
