namespace Sat.Records.Runs;

/// <summary>What a look over many runs needs of their <c>run.json</c>; the rest, which is most of it, is skipped while reading.</summary>
public sealed record RunSummary
{
    /// <summary>See <see cref="RunRecord.Schema"/>.</summary>
    public int Schema { get; init; } = RunRecord.SealedSince;

    /// <summary>See <see cref="RunRecord.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>See <see cref="RunRecord.ExitCode"/>.</summary>
    public int? ExitCode { get; init; }

    /// <summary>See <see cref="RunRecord.ImagesPerSecond"/>.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>The size of its data; null: it has not opened them.</summary>
    public DataSize? Data { get; init; }

    /// <summary>Its conditions; null: it has not begun.</summary>
    public CodeSummary? Environment { get; init; }

    /// <summary>See <see cref="RunRecord.Outputs"/>.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The summary of a record.</summary>
    public static RunSummary From(RunRecord record) =>
        new()
        {
            Schema = record.Schema,
            Id = record.Id,
            Status = record.Status,
            ExitCode = record.ExitCode,
            ImagesPerSecond = record.ImagesPerSecond,
            Data = record.Data is { } data ? new DataSize(data.Train) : null,
            Environment = record.Environment is { } environment ? new CodeSummary { Plugins = environment.Plugins } : null,
            Outputs = record.Outputs,
        };
}
