namespace Sat.Benchmarks.Groups;

/// <summary>What a figure is to reach.</summary>
/// <param name="Limit">Of the median of the ratios to each peer, or of the median itself in the page's unit.</param>
/// <param name="OfRatio">True: at least so many times as good as each peer; false: below the limit.</param>
internal sealed record Target(double Limit, bool OfRatio)
{
    /// <summary>The peers that a ratio is asked of; empty: each.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];
}
