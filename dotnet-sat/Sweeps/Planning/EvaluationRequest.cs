using Sat.Records.Components;
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

    /// <summary>Whether files of the run are read when it is evaluated: its dataset's unless the evaluation brings one, and those that its
    /// networks are made from, but not the weights that it began with.</summary>
    private bool IsReadAgain(string location) =>
        location.Split('.')[0] switch
        {
            "dataset" => On.Dataset is null,
            "method" => true,
            "model" => location != $"model.{InitialWeights.Option}",
            _ => false,
        };

    /// <summary>The evaluation of a run: all that the run is, what is measured, and on what.</summary>
    /// <param name="planned">The run.</param>
    public PlannedRun For(PlannedRun planned)
    {
        var (id, run) = planned;
        var locations = new SortedDictionary<string, string>(
            run.Locations.Where(l => IsReadAgain(l.Key)).ToDictionary(),
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
