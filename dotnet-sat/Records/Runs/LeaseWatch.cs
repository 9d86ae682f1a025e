using System.Collections.Concurrent;

namespace Sat.Records.Runs;

/// <summary>
/// Tells living holders from dead ones by watching whether they renew their leases, over a time that this process measures:
/// no two machines need agree on what time it is, and no clock that is set, forwards or back, takes a lease from anyone.
/// </summary>
/// <param name="time">By which it measures; null: the system's.</param>
internal sealed class LeaseWatch(TimeProvider? time = null)
{
    /// <summary>Looks that a lease must stand still through, at the least: a machine that slept as a whole saw none of them.</summary>
    private const int Looks = 5;

    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>This process's.</summary>
    public static LeaseWatch Shared { get; } = new();

    /// <summary>Looks at a lease.</summary>
    public LeaseState Look(LeaseFolder lease)
    {
        var holder = lease.Holder();
        if (holder?.IsGone() == true)
            return LeaseState.Free;
        var limit = holder?.Time ?? LeaseHolder.OwnTime;
        var now = new Beat(holder, lease.Beats());
        var seen = _seen.AddOrUpdate(
            lease.Path,
            _ => new Seen(now, _time.GetTimestamp(), TimeSpan.Zero, Moved: false),
            (_, before) =>
            {
                var at = _time.GetTimestamp();
                if (before.Last != now)
                    return new Seen(now, at, TimeSpan.Zero, Moved: before.Last.Holder == now.Holder);
                var passed = _time.GetElapsedTime(before.At, at);
                return before with { At = at, Still = before.Still + (passed < limit / Looks ? passed : limit / Looks) };
            }
        );
        if (seen.Still >= limit)
            return LeaseState.Free;
        return seen.Moved ? LeaseState.Held : LeaseState.Unknown;
    }

    /// <summary>What a lease shows of its life.</summary>
    private readonly record struct Beat(LeaseHolder? Holder, long Count);

    /// <summary>What was seen of a lease.</summary>
    /// <param name="Last">What it showed last.</param>
    /// <param name="At">When that was.</param>
    /// <param name="Still">For how long it has shown the same.</param>
    /// <param name="Moved">True if its holder was seen to renew it.</param>
    private sealed record Seen(Beat Last, long At, TimeSpan Still, bool Moved);
}
