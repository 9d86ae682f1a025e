namespace Sat.Sweeps.Store;

/// <summary>A file that is not what it was.</summary>
/// <param name="File">Its path below the store.</param>
/// <param name="What">What is wrong with it: a clause.</param>
/// <param name="IsOutcome">True if a result rests on it, so that its run is damaged and made again by a sweep.</param>
public sealed record VerifiedDamage(string File, string What, bool IsOutcome);
