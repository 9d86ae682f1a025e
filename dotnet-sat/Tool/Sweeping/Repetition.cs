using Microsoft.Extensions.DependencyInjection;
using Sat.Engine.Conditions;
using Sat.Hosting;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Store;
using Sat.Tool.Processes;

namespace Sat.Tool.Sweeping;

/// <summary>A run made again from its record.</summary>
/// <param name="ExitCode">What to end with.</param>
/// <param name="Judgement">How near it came; null: the repetition did not finish.</param>
/// <param name="Run">Where it lies.</param>
internal sealed record Repetition(int ExitCode, Reproduction? Judgement, RunFolder Run)
{
    /// <summary>Where repetitions go unless told otherwise.</summary>
    public static readonly string Folder = Path.Combine("runs", RunStore.Reproduced);

    /// <summary>Makes it.</summary>
    /// <param name="first">The record of the run, done.</param>
    /// <param name="seeds">Final metrics of the done runs of its setting, the run's own among them.</param>
    /// <param name="folder">Output folder for repetitions.</param>
    /// <param name="device">Where to train; null: as recorded.</param>
    /// <param name="threads">Threads; null: as recorded.</param>
    /// <param name="plugins">Folders of plugins to load.</param>
    /// <param name="signals">Interrupts.</param>
    public static async Task<Repetition> Make(
        RunRecord first,
        IReadOnlyList<IReadOnlyDictionary<string, double>> seeds,
        string folder,
        string? device,
        int? threads,
        string[]? plugins,
        Signals signals
    )
    {
        // With the code of then, where it is still here.
        using var host = ToolHost.Build(
            plugins,
            [
                .. from plugin in first.Environment?.Plugins ?? new Dictionary<string, string>()
                from version in PluginCode.Versions(plugin.Value)
                select new PluginVersion(plugin.Key, version),
            ]
        );
        host.Services.GetRequiredService<PluginHost>().Require(first.Spec);
        var plan = new Plan
        {
            Name = RunStore.Reproduced,
            Study = "",
            Created = DateTimeOffset.UtcNow,
            Tool = ToolInfo.Version,
            Runs = [new PlannedRun(first.Id, first.Request())],
        };
        var run = RunFolder.For(folder, first.Id);
        // Each call is a repetition of its own; other folders than those of repetitions are not touched.
        if (EarlierPlan.Find(folder, plan.Name) is not null && Directory.Exists(run.Path))
            Directory.Delete(run.Path, recursive: true);
        Switches.Adopt(first.Environment);
        var conditions = new SweepConditions(
            device ?? first.Environment?.Device ?? "auto",
            threads ?? first.Environment?.Threads,
            1,
            FailFast: true,
            []
        );
        var code = await SweepSession.Run(plan, folder, conditions, host, signals);
        if (code != Records.ExitCode.Fine || run.ReadRecord() is not { } now)
            return new Repetition(code, null, run);
        var judgement = Reproduction.Judge(first, now, seeds);
        return new Repetition(
            judgement.Outcome == ReproductionOutcome.Different ? Records.ExitCode.GateNotMet : Records.ExitCode.Fine,
            judgement,
            run
        );
    }
}
