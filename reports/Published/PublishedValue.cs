using Sat.Records;
using Sat.Records.Protocols;

namespace Sat.Reports.Published;

/// <summary>A published number and the conditions under which it came about.</summary>
public sealed record PublishedValue
{
    public required string Experiment { get; init; }

    /// <summary>The method, as the source calls it.</summary>
    public required string Method { get; init; }

    public required BaselineRole Role { get; init; }

    /// <summary>A metric of the tool, <c>test-error</c>, or a name of its own.</summary>
    public required string Metric { get; init; }

    /// <summary>False where a lower value is the better one.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>The value, a fraction.</summary>
    public required double Value { get; init; }

    /// <summary>Standard deviation, a fraction; null: not stated.</summary>
    public double? Deviation { get; init; }

    /// <summary>Runs it is the mean of; null: not stated.</summary>
    public int? Trials { get; init; }

    /// <summary>Key of its source within the file.</summary>
    public required string Source { get; init; }

    /// <summary>The conditions; what the source does not state is null.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>What the number depends on beyond the protocol (a coverage, an attack, an epoch); a value with such a condition is not
    /// compared with a run's last epoch.</summary>
    public IReadOnlyDictionary<string, string> When { get; init; } = new Dictionary<string, string>();

    /// <summary>What the source says of the conditions in words: of training, of evaluation, of trials.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    public string? Notes { get; init; }

    /// <summary>All that is known of how the value came about, beyond dataset, noise and model, as one reads it; empty: nothing.</summary>
    public string Conditions =>
        string.Join(
            "; ",
            [
                .. Protocol.Epochs is { } epochs ? [Count.Of(epochs, "epoch")] : Array.Empty<string>(),
                .. Protocol.BatchSize is { } batch ? [$"batches of {batch}"] : Array.Empty<string>(),
                .. When.Select(w => $"{w.Key}: {w.Value}"),
                .. Words.Select(w => $"{w.Key}: {w.Value}"),
                .. Notes is { } notes ? [notes] : Array.Empty<string>(),
            ]
        );
}
