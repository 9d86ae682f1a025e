using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>Plans a study's evaluations: of each of its runs, or of a run made before.</summary>
/// <param name="catalog">The components at hand.</param>
/// <param name="builder">Resolves them.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class EvaluationPlanner(ComponentCatalog catalog, SpecBuilder builder, ProblemList problems)
{
    private readonly Unfolding _unfolding = new(catalog, problems);

    /// <summary>The evaluations, in the order of the study, each of the runs in theirs.</summary>
    /// <param name="study">The study.</param>
    /// <param name="runs">Its runs.</param>
    public IReadOnlyList<PlannedRun> Plan(Study study, IReadOnlyList<PlannedRun> runs)
    {
        var planned = new Dictionary<string, PlannedRun>();
        var given = new Dictionary<string, SourceLocation?>();
        foreach (var item in study.Evaluate)
        {
            if (Layer.Normalise(RunShape.Evaluation, item, problems) is not MapSetting settings)
                continue;
            foreach (var (unfolded, _) in _unfolding.Unfold(settings, RunShape.Evaluation))
            {
                if (builder.Build(unfolded) is not { } evaluation)
                    continue;
                foreach (
                    var run in evaluation.Of is { } folder ? Finished(folder, evaluation, unfolded["of"]?.At) : runs.Select(evaluation.For)
                )
                {
                    var training = run.Request.Spec.Training;
                    if (NeedsClassifier(run.Request.Spec))
                        problems.Add(
                            $"evaluation '{evaluation.Evaluation.Id}' measures classifiers, and method '{run.Request.Spec.Method.Id}' trains none: leave one of the two out, or evaluate the other methods' runs in a study of their own.",
                            item.At
                        );
                    if (evaluation.On.Epoch is { } epoch && training.KeepEpochs?.Contains(epoch) != true)
                        problems.Add(
                            $"an evaluation measures the weights of epoch {epoch}, which the run does not keep: add it to training.keep-epochs{(training.KeepEpochs is { } kept ? $" (now {string.Join(", ", kept)})" : "")}.",
                            unfolded["epoch"]?.At ?? item.At
                        );
                    if (planned.TryAdd(run.Id, run))
                        given[run.Id] = item.At;
                    else
                        problems.Add(
                            $"the evaluation {Words(evaluation.Evaluation)} is given twice{(given[run.Id]?.Line is { } line ? $", first in line {line}" : "")}. Remove one.",
                            item.At
                        );
                }
            }
        }
        return [.. planned.Values];
    }

    private static string Words(ComponentSpec evaluation) =>
        evaluation.Options.Count == 0
            ? $"'{evaluation.Id}'"
            : $"'{evaluation.Id}' with {string.Join(", ", evaluation.Options.Select(o => $"{o.Key} {evaluation.OptionText(o.Key)}"))}";

    private bool NeedsClassifier(RunSpec spec) =>
        catalog.Find(ComponentKind.Evaluation, spec.Evaluation!)?.Schema.NeedsClassifier == true
        && catalog.Find(ComponentKind.Method, spec.Method)?.Schema.Classifies == false;

    private IEnumerable<PlannedRun> Finished(string folder, EvaluationRequest evaluation, SourceLocation? at)
    {
        try
        {
            var run = EvaluatedRun.Read(new RunFolder(folder));
            return [evaluation.For(new PlannedRun(run.Id, run.Request()))];
        }
        catch (SatException e)
        {
            problems.Add(e, at);
            return [];
        }
    }
}
