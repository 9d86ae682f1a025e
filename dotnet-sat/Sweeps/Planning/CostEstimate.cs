using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;

namespace Sat.Sweeps.Planning;

/// <summary>How fast a kind of run was, a line of a history file.</summary>
/// <param name="Dataset">The dataset's id.</param>
/// <param name="Model">The model.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Samples">Samples trained on.</param>
/// <param name="ImagesPerSecond">Training samples a second.</param>
public sealed record Speed(string Dataset, ComponentSpec Model, int BatchSize, long Samples, double ImagesPerSecond)
{
    /// <summary>The method's id; null: an earlier version did not note it.</summary>
    public string? Method { get; init; }

    /// <summary>The speed of a finished run; null where its record does not tell.</summary>
    public static Speed? Of(RunRecord record) => Of(record.Spec, RunSummary.Of(record));

    /// <summary>The speed of a finished run; null where its summary does not tell.</summary>
    public static Speed? Of(RunSpec spec, RunSummary? summary) =>
        summary is { Status: RunStatus.Done, ImagesPerSecond: > 0 and var speed, Data.Train: var samples }
            ? new Speed(spec.Dataset.Id, spec.Model, spec.Training.BatchSize, samples, speed) { Method = spec.Method.Id }
            : null;

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
/// <param name="FreeRuns">Runs that a sweep would start.</param>
/// <param name="UnknownRuns">Those among them of which no finished run tells the speed.</param>
/// <param name="Work">Seconds of training of all free runs, one after the other, evaluation left out; null: not known for all.</param>
public sealed record CostEstimate(int FreeRuns, int UnknownRuns, TimeSpan? Work)
{
    /// <summary>Estimates from the finished runs among <paramref name="states"/> and from a history.</summary>
    public static CostEstimate Of(IReadOnlyList<RunState> states, IReadOnlyList<Speed> history)
    {
        var cost = new RunCost([.. states.Select(s => Speed.Of(s.Run.Request.Spec, s.Summary)).OfType<Speed>(), .. history]);
        RunSpec[] free = [.. states.Where(s => s.IsFree).Select(s => s.Run.Request.Spec)];
        var seconds = free.Select(cost.Seconds).ToArray();
        var unknown = seconds.Count(s => s is null);
        return new CostEstimate(free.Length, unknown, unknown == 0 ? TimeSpan.FromSeconds(seconds.Sum(s => s ?? 0)) : null);
    }
}
