using System.CommandLine;
using Sat.Records.Runs;
using Sat.Reports;
using Sat.Sweeps.Studies;
using Sat.Tool.Display;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>sweep STUDY</c>: makes every run that is not done yet.</summary>
internal static class SweepCommand
{
    public static Command Create(Signals signals)
    {
        var file = new Argument<string>("STUDY") { Description = "Study file (YAML); see 'init'" };
        var output = SharedOptions.Out("Output folder [default: runs/NAME]");
        var (data, set, precision, preset) = (
            SharedOptions.Data(),
            SharedOptions.Set(),
            SharedOptions.Precision(),
            PlanCommand.PresetOption()
        );
        var (device, threads, jobs, plugins) = (
            SharedOptions.Device(),
            SharedOptions.Threads(),
            SharedOptions.Jobs(),
            SharedOptions.Plugin()
        );
        var loaders = SharedOptions.LoaderThreads();
        var allow = SharedOptions.AllowNoEffect();
        var failFast = new Option<bool>("--fail-fast") { Description = "Start no more runs once one has failed" };
        var stale = SharedOptions.RemakeStale();
        var json = new Option<bool>("--json")
        {
            Description = "Print a line of JSON for each event, for scripts; everything else goes to standard error",
        };
        var open = Browser.Option();
        var command = new ToolCommand(
            "sweep",
            "Make every run of a study that is not done yet, each in a process of its own, and write the report.",
            "sweep label-noise.yaml",
            "sweep label-noise.yaml --jobs 2 --threads 1",
            "sweep label-noise.yaml --set training.epochs=20 --out runs/short"
        )
        {
            file,
            output,
            jobs,
            threads,
            loaders,
            device,
            precision,
            data,
            set,
            preset,
            allow,
            failFast,
            stale,
            open,
            json,
            plugins,
        };
        var checkpoints = new CheckpointOptions();
        checkpoints.AddTo(command);
        var stall = SharedOptions.StallAfter();
        command.Options.Add(stall);
        command.SetAction(
            async (parsed, _) =>
            {
                var study = Study.Load(parsed.GetValue(file)!);
                using var host = ToolHost.Build(parsed.GetValue(plugins), study);
                var plan = Planning.Plan(
                    host,
                    study,
                    parsed.GetValue(data),
                    SharedOptions.Overrides(parsed, set, precision),
                    parsed.GetValue(preset),
                    parsed.GetValue(allow)
                );
                var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("runs", plan.Name));
                var conditions = new SweepConditions(
                    parsed.GetValue(device)!,
                    parsed.GetValue(threads),
                    parsed.GetValue(jobs) ?? 1,
                    parsed.GetValue(failFast),
                    checkpoints.Arguments(parsed),
                    parsed.GetValue(stall)
                )
                {
                    LoaderThreads = parsed.GetValue(loaders),
                    RemakeStale = parsed.GetValue(stale),
                    Json = parsed.GetValue(json),
                    Reports = true,
                };
                var code = await SweepSession.Run(plan, folder, conditions, host, signals);
                var report = ReportWriter.Write(folder).Html;
                if (!parsed.GetValue(json))
                    Suspects.Say([.. plan.Runs.Select(r => RunFolder.For(folder, r.Id))]);
                await (parsed.GetValue(json) ? Console.Error : Console.Out).WriteLineAsync(report);
                if (parsed.GetValue(open))
                    Browser.Open(report);
                return code;
            }
        );
        return command;
    }
}
