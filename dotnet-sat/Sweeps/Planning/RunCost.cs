using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>What runs cost on this machine, by how fast others were.</summary>
public sealed class RunCost
{
    private readonly Dictionary<RunKind, double> _speeds;
    private readonly Dictionary<string, long> _samples;

    /// <param name="known">How fast finished runs were, or trials where none was finished.</param>
    public RunCost(IReadOnlyList<Speed> known)
    {
        // Lines of an earlier version do not say of which data they are.
        var told = known.Where(s => s.Kind is not null).ToArray();
        _speeds = told.GroupBy(s => s.Kind!.Value).ToDictionary(g => g.Key, g => g.Average(s => s.ImagesPerSecond));
        _samples = told.Where(s => s.Samples > 0).GroupBy(s => s.Data!).ToDictionary(g => g.Key, g => g.Max(s => s.Samples));
    }

    /// <summary>Seconds of a run's training, evaluation left out; null where nothing tells its speed. Of an evaluation: 0.</summary>
    public double? Seconds(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Evaluation is not null)
            return 0;
        var kind = RunKind.From(spec);
        var samples = spec.Training.Samples > 0 ? spec.Training.Samples : _samples.GetValueOrDefault(kind.Data);
        return samples > 0 && _speeds.TryGetValue(kind, out var speed) ? (double)spec.Training.Epochs * samples / speed : null;
    }

    /// <summary>How much each run weighs beside the others: its seconds where those of all are known, else its epochs; an evaluation as one
    /// epoch.</summary>
    public static IReadOnlyList<double> Estimate(IReadOnlyList<RunSpec> runs, IReadOnlyList<Speed> history)
    {
        var cost = new RunCost(history);
        double?[] seconds = [.. runs.Select(cost.Seconds)];
        if (seconds.Any(s => s is null))
            return [.. runs.Select(r => r.Evaluation is null ? r.Training.Epochs : 1.0)];
        var least = seconds.Where(s => s > 0).DefaultIfEmpty(1).Min() ?? 1;
        return [.. seconds.Select((s, i) => runs[i].Evaluation is null ? s ?? 0 : least / Math.Max(1, runs[i].Training.Epochs))];
    }
}
