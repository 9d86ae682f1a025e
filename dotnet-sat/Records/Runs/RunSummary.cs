namespace Sat.Records.Runs;

/// <summary>What a look over many runs needs of their <c>run.json</c>; the rest, which is most of it, is skipped while reading.</summary>
public sealed record RunSummary
{
    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>See <see cref="RunRecord.ExitCode"/>.</summary>
    public int? ExitCode { get; init; }

    /// <summary>See <see cref="RunRecord.ImagesPerSecond"/>.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>The size of its data; null: it has not opened them.</summary>
    public DataSize? Data { get; init; }

    /// <summary>The summary of a record.</summary>
    public static RunSummary Of(RunRecord record) => new()
    {
        Id = record.Id,
        Status = record.Status,
        ExitCode = record.ExitCode,
        ImagesPerSecond = record.ImagesPerSecond,
        Data = record.Data is { } data ? new DataSize(data.Train) : null,
    };
}

/// <summary>The part of <see cref="RunData"/> that a <see cref="RunSummary"/> keeps.</summary>
/// <param name="Train">Training samples.</param>
public sealed record DataSize(long Train);
