using Sat.Records.Plans;
using Sat.Records.Specs;

namespace Sat.Sweeps.Planning;

/// <summary>An evaluation that a study asks for, resolved.</summary>
public sealed record EvaluationRequest
{
    /// <summary>What is measured.</summary>
    public required ComponentSpec Evaluation { get; init; }

    /// <summary>On what.</summary>
    public required EvaluationInputs On { get; init; }

    /// <summary>The folder of the run to measure; null: all runs of the study.</summary>
    public string? Of { get; init; }

    /// <summary>What is known of its files.</summary>
    public KnownFiles Files { get; init; }

    /// <summary>Where its files lie; see <see cref="RunRequest.Locations"/>.</summary>
    public required IReadOnlyDictionary<string, string> Locations { get; init; }

    /// <summary>The evaluation of a run: all that the run is, what is measured, and on what.</summary>
    /// <param name="planned">The run.</param>
    public PlannedRun For(PlannedRun planned)
    {
        var (id, run) = planned;
        // Where the evaluation brings a dataset of its own, the run's is not looked at.
        var locations = new SortedDictionary<string, string>(
            run.Locations.Where(l => On.Dataset is null && l.Key.StartsWith("dataset.", StringComparison.Ordinal)).ToDictionary(),
            StringComparer.Ordinal
        );
        foreach (var (path, location) in Locations)
            locations[path] = location;
        if (Of is not null)
            locations[RunRequest.Parent] = Of;
        var spec = run.Spec with { Evaluation = Evaluation, EvaluateOn = On, Parent = id };
        return new PlannedRun(spec.Id(), new RunRequest(spec, locations)) { Files = Files > planned.Files ? Files : planned.Files };
    }
}
