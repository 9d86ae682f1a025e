namespace Sat.Sweeps.Store;

/// <summary>Two runs that differ by what is compared and agree in everything else, the seed among it.</summary>
/// <param name="First">The first side's.</param>
/// <param name="Second">The second side's.</param>
public sealed record RunPair(StoredRun First, StoredRun Second);
