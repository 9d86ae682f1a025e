using Sat.Engine.Conditions;
using Sat.Engine.Data;
using Sat.Engine.Evaluations;
using Sat.Engine.Measures;
using Sat.Engine.Randomness;
using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine;

/// <summary>A run that measures another.</summary>
/// <param name="session">The run.</param>
/// <param name="components">Makes its components.</param>
/// <param name="computation">Where and how it computes.</param>
internal sealed class EvaluationRun(RunSession session, IComponentFactory components, Computation computation)
{
    /// <summary>Parts of the work that progress is counted in: an evaluation has no steps of its own.</summary>
    private const int Parts = 1000;

    /// <summary>Measures, and adds what came of it to the record.</summary>
    public void Run()
    {
        var (spec, folder) = (session.Spec, session.Lease.Folder);
        var epoch = spec.EvaluateOn?.Epoch ?? spec.Training.Epochs;
        var evaluator = new Evaluator(
            components,
            session.Request,
            new RunFiles(session.Request, components, folder.Output, session.Tell),
            new Seeds(spec.Seed),
            computation
        );
        var who = $"the evaluation '{spec.Evaluation!.Id}'";
        var files = new EvaluationFiles(session.Lease, who, session.Warn);
        if (!session.Conditions.Resume)
            files.RemoveState();
        var outcome = evaluator.Run(
            files,
            share =>
                session.Events.Append(RunEventKind.Progress, e => e with { Epoch = epoch, Step = (long)(share * Parts), Steps = Parts }),
            session.Stop
        );
        var metrics = new OwnMetrics(who, session.Warn).Finite(outcome.Metrics, epoch).ToDictionary();
        using (var file = new JsonLinesWriter(folder.MetricsFile))
            file.Append(new MetricsRow(epoch, metrics));
        files.RemoveState();
        session.Update(r => r with { Data = outcome.Data, Outputs = RunArtifacts.Checksums(folder), Final = metrics });
    }
}
