using System.Text.Json.Serialization;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>How fast a kind of run was, a line of a history file.</summary>
/// <param name="Dataset">The dataset's id.</param>
/// <param name="Model">The model.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Samples">Samples that an epoch has where a study does not limit them; 0: not known, since the run was on some of
/// them.</param>
/// <param name="ImagesPerSecond">Training samples a second.</param>
public sealed record Speed(string Dataset, ComponentSpec Model, int BatchSize, long Samples, double ImagesPerSecond)
{
    /// <summary>The method's id; null: an earlier version did not note it.</summary>
    public string? Method { get; init; }

    /// <summary>What stands for the dataset (<see cref="RunKind.Data"/>); null: an earlier version did not note it.</summary>
    public string? Data { get; init; }

    /// <summary>What it is the speed of; null: an earlier version did not say.</summary>
    [JsonIgnore]
    public RunKind? Kind => Data is { } data && Method is { } method ? new RunKind(data, Model, BatchSize, method) : null;

    /// <summary>The speed of a finished run; null where its record does not tell.</summary>
    public static Speed? From(RunRecord record) => From(record.Spec, RunSummary.From(record));

    /// <summary>The speed of a finished run; null where its summary does not tell.</summary>
    public static Speed? From(RunSpec spec, RunSummary? summary) =>
        summary is { Status: RunStatus.Done, ImagesPerSecond: > 0 and var speed, Data.Train: var samples }
            ? For(spec, samples, speed)
            : null;

    /// <summary>The speed of a run like this.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="trained">Samples that it trained on.</param>
    /// <param name="imagesPerSecond">Training samples a second.</param>
    public static Speed For(RunSpec spec, long trained, double imagesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new Speed(spec.Dataset.Id, spec.Model, spec.Training.BatchSize, spec.Training.Samples == 0 ? trained : 0, imagesPerSecond)
        {
            Method = spec.Method.Id,
            Data = RunKind.DataOf(spec.Dataset),
        };
    }

    /// <summary>Reads a history file; a missing one is empty.</summary>
    /// <exception cref="Sat.Records.SatException">It is damaged (exit code 5).</exception>
    public static IReadOnlyList<Speed> Read(string path) => JsonLines.Read<Speed>(path);

    /// <summary>Adds to a history file.</summary>
    public void Append(string path)
    {
        using var writer = new JsonLinesWriter(path);
        writer.Append(this);
    }
}
