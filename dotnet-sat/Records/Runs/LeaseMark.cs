namespace Sat.Records.Runs;

/// <summary>A lease as it lies in a run's folder.</summary>
/// <param name="Number">Its fencing number, from 1.</param>
/// <param name="Ended">False while it is held.</param>
internal readonly record struct LeaseMark(long Number, bool Ended);
