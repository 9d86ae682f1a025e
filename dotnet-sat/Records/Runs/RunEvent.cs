using Sat.Records.Data;

namespace Sat.Records.Runs;

/// <summary>A line of <c>events.jsonl</c>, for whoever watches.</summary>
public sealed record RunEvent
{
    /// <summary>What happened.</summary>
    public required RunEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The epoch, counted from 1.</summary>
    public int? Epoch { get; init; }

    /// <summary>Epochs in all.</summary>
    public int? Epochs { get; init; }

    /// <summary>Steps made, over all epochs.</summary>
    public long? Step { get; init; }

    /// <summary>Steps in all.</summary>
    public long? Steps { get; init; }

    /// <summary>Training samples a second, lately.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>The epoch's metrics.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>What the run warns of: a sentence.</summary>
    public string? Warning { get; init; }

    /// <summary>How far it is with a large file, before it trains.</summary>
    public DataProgress? Reading { get; init; }

    /// <summary>How the run ended.</summary>
    public RunStatus? Status { get; init; }
}
