using System.Globalization;
using Sat.Records.Plans;
using Sat.Sweeps.Planning;

namespace Sat.Tool.Sweeping;

/// <summary>That a plan rests on trials which were made earlier, and when the oldest of them was.</summary>
/// <param name="Oldest">When; null: an earlier version did not note it.</param>
internal sealed record TrialAge(DateTimeOffset? Oldest)
{
    /// <summary>What to say beside the estimate: the machine may have been busy then.</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $" {(Oldest is { } at ? $"on {at.ToLocalTime():yyyy-MM-dd} at {at.ToLocalTime():HH:mm}" : "some time ago")} ('--calibrate' measures again)"
        );

    /// <summary>The age of those trials that runs are judged by; null: none of them is.</summary>
    /// <param name="known">All trials that were made earlier.</param>
    /// <param name="runs">The runs.</param>
    public static TrialAge? Of(IReadOnlyList<Trial> known, IEnumerable<PlannedRun> runs)
    {
        var kinds = runs.Select(r => RunKind.From(r.Request.Spec)).ToHashSet();
        Trial[] used = [.. known.Where(t => t.Speed.Kind is { } kind && kinds.Contains(kind))];
        return used.Length == 0 ? null
            : used.All(t => t.At is not null) ? new TrialAge(used.Min(t => t.At))
            : new TrialAge((DateTimeOffset?)null);
    }
}
