using Sat.Engine.Conditions;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine;

/// <summary>One run, from its request to its last file. The process does nothing else.</summary>
/// <param name="components">Makes the components.</param>
/// <param name="time">By which training measures seconds; null: the system's.</param>
public sealed class RunWorker(IComponentFactory components, TimeProvider? time = null)
{
    /// <summary>Carries the run out, or what is left of it. Its outcome is in <c>run.json</c>; nothing is thrown for a run that fails by
    /// itself.</summary>
    /// <param name="lease">The right to work on the run's folder.</param>
    /// <param name="request">The run.</param>
    /// <param name="conditions">Device, threads, checkpoints.</param>
    /// <param name="log">Receives what only a developer needs: stack traces.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="LeaseLostException">Another worker has taken the run over; nothing was written since.</exception>
    /// <exception cref="SatException">It failed for what concerns every run (a full disk); the record says so where it could still be
    /// written.</exception>
    public RunRecord Run(RunLease lease, RunRequest request, RunConditions conditions, TextWriter log, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(log);
        using var session = new RunSession(lease, request, conditions, log, stop);
        try
        {
            CarryOut(session);
            session.End(RunEnding.Done);
        }
#pragma warning disable CA1031 // A plugin can throw anything; the record must say so.
        catch (Exception e) when (e is not LeaseLostException)
        {
            var ending = RunEnding.From(e, session);
            if (ending.Status == RunStatus.Failed)
                log.WriteLine(e);
            session.End(ending);
            if (e is SatException { ConcernsEveryRun: true })
                throw;
        }
#pragma warning restore CA1031
        return session.Record;
    }

    private void CarryOut(RunSession session)
    {
        var spec = session.Spec;
        var computation = Computation.Prepare(
            spec,
            session.Conditions.Device,
            session.Conditions.Threads,
            (session.Conditions.LoaderThreads, session.Conditions.Processors),
            session.Start.From?.Info.Environment
        );
        session.Update(r =>
            session.Start.Under(r, EnvironmentProbe.Read(session.Conditions.Tool, computation, components.PluginsOf(spec)))
        );
        if (spec.Evaluation is null)
            new TrainingRun(session, components, computation, time ?? TimeProvider.System).Run();
        else
            new EvaluationRun(session, components, computation).Run();
    }
}
