using Sat.Records.Statistics;

namespace Sat.Reports.Merging;

/// <summary>The common mean of several laboratories.</summary>
/// <param name="Effects">The summary.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record PooledValue(RandomEffects Effects, double Low, double High);
