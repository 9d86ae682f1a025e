using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Statistics;

namespace Sat.Sweeps.Store;

/// <summary>A run repeated from its record, held against the first.</summary>
public sealed record Reproduction
{
    /// <summary>How near it came.</summary>
    public required ReproductionOutcome Outcome { get; init; }

    /// <summary>The metric that spread is judged by.</summary>
    public required string Metric { get; init; }

    /// <summary>Its first value.</summary>
    public double? First { get; init; }

    /// <summary>Its value now.</summary>
    public double? Now { get; init; }

    /// <summary>Sample standard deviation over the seeds of the setting; null with fewer than two.</summary>
    public double? Spread { get; init; }

    /// <summary>Seeds that the spread is over.</summary>
    public int Seeds { get; init; }

    /// <summary>Output files that are not the same.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Recorded conditions that are not the same, as <c>threads: 2, before 1</c>.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Judges a finished repetition.</summary>
    /// <param name="first">The record of the run that was repeated, done.</param>
    /// <param name="now">The record of the repetition, done.</param>
    /// <param name="seeds">Final metrics of the done runs of the same setting, one a seed, the first run's among them.</param>
    public static Reproduction Judge(RunRecord first, RunRecord now, IReadOnlyList<IReadOnlyDictionary<string, double>> seeds)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(now);
        var metric = first.Final?.ContainsKey(MetricNames.TestAccuracy) == true ? MetricNames.TestAccuracy : MetricNames.Loss;
        var values = seeds.Where(s => s.ContainsKey(metric)).Select(s => s[metric]).ToArray();
        var spread = Statistic.From(values)?.Deviation;
        double? before = first.Final is { } f && f.TryGetValue(metric, out var b) ? b : null;
        double? after = now.Final is { } n && n.TryGetValue(metric, out var a) ? a : null;
        // The soft targets are compared; what is made of them has changed between versions.
        var any = new RunFolder("/");
        string?[] derived = [Path.GetFileName(any.LabelsFile), Path.GetFileName(any.CorrectionsFile)];
        string[] files =
        [
            .. first
                .Outputs.Keys.Union(now.Outputs.Keys)
                .Order(StringComparer.Ordinal)
                .Where(k => !derived.Contains(k) && first.Outputs.GetValueOrDefault(k) != now.Outputs.GetValueOrDefault(k)),
        ];
        // A record of before checksums were kept has its metrics still.
        var same =
            first.Outputs.Count > 0
                ? files.Length == 0
                : first.Final is not null
                    && now.Final is not null
                    && first.Final.Count == now.Final.Count
                    && !first.Final.Except(now.Final).Any();
        return new Reproduction
        {
            Outcome =
                same ? ReproductionOutcome.Identical
                : spread is { } s && Math.Abs(after - before ?? double.PositiveInfinity) <= 2 * s ? ReproductionOutcome.WithinSpread
                : ReproductionOutcome.Different,
            Metric = metric,
            First = before,
            Now = after,
            Spread = spread,
            Seeds = values.Length,
            Files = first.Outputs.Count > 0 ? files : [],
            Conditions = first.Environment is { } then && now.Environment is { } present ? then.Differences(present) : [],
        };
    }
}
