using System.Text.Json.Serialization;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Store;

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

/// <summary>What a plan's free runs will cost.</summary>
/// <param name="FreeRuns">Runs that a sweep would start; see <see cref="RunState.IsFree"/>.</param>
/// <param name="UnknownRuns">Those among them of which no finished run tells the speed.</param>
/// <param name="Work">Seconds of training of all free runs, one after the other, evaluation left out; null: not known for all.</param>
public sealed record CostEstimate(int FreeRuns, int UnknownRuns, TimeSpan? Work)
{
    /// <summary>Seconds of training of the free runs whose speed is known.</summary>
    public TimeSpan KnownWork { get; init; }

    /// <summary>Evaluations among the free runs, whose time nothing tells.</summary>
    public int Evaluations { get; init; }

    /// <summary>Those runs of which nothing tells the speed and whose files are here, so that it can be tried.</summary>
    public IReadOnlyList<PlannedRun> ToTry { get; init; } = [];

    /// <summary>Estimates from the finished runs among <paramref name="states"/>, from a history, and from trials of what neither tells
    /// of.</summary>
    public static CostEstimate From(IReadOnlyList<RunState> states, IReadOnlyList<Speed> history, IReadOnlyList<Speed>? trials = null)
    {
        Speed[] finished = [.. states.Select(s => Speed.From(s.Run.Request.Spec, s.Summary)).OfType<Speed>(), .. history];
        var told = finished.Select(s => s.Kind).ToHashSet();
        var cost = new RunCost([.. finished, .. (trials ?? []).Where(t => !told.Contains(t.Kind))]);
        PlannedRun[] free = [.. states.Where(s => s.IsFree).Select(s => s.Run)];
        var seconds = free.Select(r => cost.Seconds(r.Request.Spec)).ToArray();
        PlannedRun[] unknown = [.. free.Where((_, i) => seconds[i] is null)];
        return new CostEstimate(free.Length, unknown.Length, unknown.Length == 0 ? TimeSpan.FromSeconds(seconds.Sum(s => s ?? 0)) : null)
        {
            Evaluations = free.Count(r => r.Request.Spec.Evaluation is not null),
            KnownWork = TimeSpan.FromSeconds(seconds.Sum(s => s ?? 0)),
            ToTry = [.. unknown.Where(r => r.Files == KnownFiles.Found)],
        };
    }
}
