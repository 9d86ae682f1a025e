using System.CommandLine;
using Sat.Records.Plans;
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
        var decided = new Option<bool>("--until-decided")
        {
            Description =
                "Add seeds, the next integers, where a verdict is open, at looks that are stated before the first run and keep the error rate; see docs/reports.md",
        };
        var most = new Option<int?>("--max-seeds")
        {
            Description = "Seeds at the last look of --until-decided [default: four times the study's]",
            HelpName = "N",
        };
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
            "sweep label-noise.yaml --set training.epochs=20 --out runs/short",
            "sweep label-noise.yaml --until-decided --max-seeds 12"
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
            decided,
            most,
            open,
            json,
            plugins,
        };
        var checkpoints = new CheckpointOptions();
        checkpoints.AddTo(command);
        var stall = SharedOptions.StallAfter();
        command.Options.Add(stall);
        command.Validators.Add(result =>
        {
            if (result.GetValue(most) is not null && !result.GetValue(decided))
                result.AddError("--max-seeds is for --until-decided: give both.");
        });
        command.SetAction(
            async (parsed, _) =>
            {
                var study = Study.Load(parsed.GetValue(file)!);
                using var host = ToolHost.Build(parsed.GetValue(plugins), study);
                Plan Planned(IReadOnlyList<string> more) =>
                    Planning.Plan(
                        host,
                        study,
                        parsed.GetValue(data),
                        [.. SharedOptions.Overrides(parsed, set, precision), .. more],
                        parsed.GetValue(preset),
                        parsed.GetValue(allow),
                        isAgain: more.Count > 0
                    );
                var plan = Planned([]);
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
                Task<int> Sweep(Plan part) => SweepSession.Run(part, folder, conditions, host, signals);
                int code;
                string report;
                if (parsed.GetValue(decided))
                {
                    var until = new UntilDecided(
                        UntilDecided.Looks(folder, plan, parsed.GetValue(most)),
                        seeds => Planned([$"seed=[{string.Join(',', seeds)}]"]),
                        Sweep
                    );
                    (code, plan, var files) = await until.Run(plan, folder);
                    report = files.Html;
                }
                else
                {
                    code = await Sweep(plan);
                    report = ReportWriter.Write(folder).Html;
                }
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
