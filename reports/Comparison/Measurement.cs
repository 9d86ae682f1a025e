using System.Globalization;
using Sat.Records.Metrics;
using Sat.Records.Protocols;
using Sat.Records.Statistics;
using Sat.Reports.Published;

namespace Sat.Reports.Comparison;

/// <summary>What is compared: the conditions of a cell, and what its runs measured.</summary>
/// <param name="Protocol">The conditions.</param>
/// <param name="Final">Its metrics after the last epoch.</param>
internal sealed record Measurement(Protocol Protocol, IReadOnlyDictionary<string, Statistic> Final)
{
    /// <summary>The metrics after the last epoch of each seed.</summary>
    public IReadOnlyDictionary<long, IReadOnlyDictionary<string, double>> Seeds { get; init; } =
        new Dictionary<long, IReadOnlyDictionary<string, double>>();

    /// <summary>The metrics of each seed after an epoch, counted from 1; seeds that were not evaluated then are left out.</summary>
    public Func<int, IReadOnlyDictionary<long, IReadOnlyDictionary<string, double>>> AfterEpoch { get; init; } =
        static _ => new Dictionary<long, IReadOnlyDictionary<string, double>>();

    /// <summary>Under which conditions metrics were measured, beyond the protocol; those that are missing have none.</summary>
    public IReadOnlyList<MeasuredConditions> Conditions { get; init; } = [];

    /// <summary>How long a finished run took on average; null: not recorded.</summary>
    public double? SecondsPerRun { get; init; }

    /// <summary>True if the finished runs were made on a graphics card.</summary>
    public bool OnCard { get; init; }

    /// <summary>What was measured under a published value's conditions; null: nothing.</summary>
    public MeasuredValue? Find(PublishedValue value)
    {
        if (value.When.Count == 0)
            return Final.Count == 0 || Conditions.Any(c => c.Metric == value.Metric) ? null : From(Seeds, value.Metric, Final);
        // An epoch is the same point of training only where there are as many.
        if (value.When.ContainsKey(MeasuredConditions.EpochKey) && value.Protocol.Epochs is { } epochs && epochs != Protocol.Epochs)
            return null;
        if (Conditions.FirstOrDefault(c => c.Satisfy(value)) is { } found)
            return From(Seeds, found.Metric, Final) is { } under
                ? under with
                {
                    EvaluationSet = found.EvaluationSet,
                    Different = found.Different,
                }
                : null;
        return
            value.When is { Count: 1 }
            && value.When.TryGetValue(MeasuredConditions.EpochKey, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? From(AfterEpoch(epoch), value.Metric, null)
            : null;
    }

    /// <summary>True where something was measured that a value of others stands beside, even under conditions of its own.</summary>
    public bool IsBeside(PublishedValue value) =>
        Find(value) is not null || (Conditions.All(c => c.Published != value.Metric) && From(Seeds, value.Metric, Final) is not null);

    /// <param name="seeds">Metrics of each seed.</param>
    /// <param name="name">The metric, by the name that published values use.</param>
    /// <param name="known">Statistics that are there already.</param>
    private static MeasuredValue? From(
        IReadOnlyDictionary<long, IReadOnlyDictionary<string, double>> seeds,
        string name,
        IReadOnlyDictionary<string, Statistic>? known
    )
    {
        var isError = name == Judge.TestError && known?.ContainsKey(name) != true && seeds.Values.All(s => !s.ContainsKey(name));
        var own = isError ? MetricNames.TestAccuracy : name;
        var bySeed = seeds
            .Where(s => s.Value.TryGetValue(own, out var value) && double.IsFinite(value))
            .ToDictionary(s => s.Key, s => isError ? 1 - s.Value[own] : s.Value[own]);
        var statistic =
            known is null ? Statistic.From(bySeed.Values)
            : known.GetValueOrDefault(own) is { } all && isError ? all with { Mean = 1 - all.Mean }
            : known.GetValueOrDefault(own);
        return statistic is null ? null : new MeasuredValue(own, statistic, bySeed);
    }
}
