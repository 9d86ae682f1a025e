using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Specs;
using Sat.Reports.Results;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Store;
using Sat.Sweeps.Studies;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>plan STUDY</c>: what a sweep would do.</summary>
internal static class PlanCommand
{
    public static Option<string?> PresetOption() =>
        new("--preset")
        {
            Description = $"Fixed training settings instead of the study's: {string.Join(", ", Presets.Names)}",
            HelpName = "NAME",
            CompletionSources = { Candidates.Presets },
        };

    public static Command Create()
    {
        var file = new Argument<string>("STUDY") { Description = "Study file (YAML); see 'init'" };
        var output = SharedOptions.Out("Output folder, to see what is done [default: runs/NAME]");
        var (data, set, precision, preset) = (SharedOptions.Data(), SharedOptions.Set(), SharedOptions.Precision(), PresetOption());
        var (allow, json, plugins) = (SharedOptions.AllowNoEffect(), SharedOptions.Json(), SharedOptions.Plugin());
        var power = new Option<bool>("--power")
        {
            Description = "Say which verdicts on published values, and which leads, the planned seeds can decide",
        };
        var deviation = new Option<double?>("--deviation")
        {
            Description =
                "Standard deviation of one seed, in points, that --power assumes [default: the published one, where there is one]",
            HelpName = "POINTS",
        };
        deviation.Validators.Add(result =>
        {
            if (result.GetValue(deviation) is not (> 0 and < 100))
                result.AddError("--deviation is a number of points above 0 and below 100.");
            if (!result.GetValue(power))
                result.AddError("--deviation is for --power: give both.");
        });
        var noCalibrate = new Option<bool>("--no-calibrate")
        {
            Description = "Skip measuring for a few seconds how fast runs train here, which is done only if no finished run shows it",
        };
        var calibrate = new Option<bool>("--calibrate")
        {
            Description = "Measure again how fast runs train that were measured before but never run, as when the machine was busy then",
        };
        calibrate.Validators.Add(result =>
        {
            if (result.GetValue(calibrate) && result.GetValue(noCalibrate))
                result.AddError("--calibrate and --no-calibrate contradict each other: give one.");
        });
        var locks = new PlanLockOptions();
        var buildErrors = BuildErrors.Option();
        var command = new ToolCommand(
            "plan",
            "Check a study and list its runs: ids, what is done, and how long the rest will take. No run is made.",
            "plan label-noise.yaml",
            "plan label-noise.yaml --json",
            "plan label-noise.yaml --power --deviation 0.3",
            "plan label-noise.yaml --set 'method.alpha=[0.7, 0.9]'"
        )
        {
            file,
            output,
            data,
            set,
            precision,
            preset,
            allow,
            calibrate,
            noCalibrate,
            power,
            deviation,
            json,
            buildErrors,
            plugins,
        };
        locks.AddTo(command);
        command.SetAction(BuildErrors.Or(buildErrors, async (parsed, stop) =>
            {
                var study = Study.Load(parsed.GetValue(file)!);
                using var host = ToolHost.Build(parsed.GetValue(plugins), study);
                var plan = Planning.Plan(
                    host,
                    study,
                    parsed.GetValue(data),
                    SharedOptions.Overrides(parsed, set, precision),
                    parsed.GetValue(preset),
                    parsed.GetValue(allow),
                    allowMissingData: true
                );
                var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("runs", plan.Name));
                OutputPlace.Require(plan, folder, host.Services.GetRequiredService<ComponentCatalog>());
                EarlierPlan.RequireSame(folder, plan.Name);
                if (locks.Apply(parsed, study, plan))
                    return ExitCode.Fine;
                RunState[] states =
                [
                    .. plan.Runs.Select(r => RunState.Read(folder, r, host.Services.GetRequiredService<PluginHost>().Describe)),
                ];
                var history = Speed.Read(RunHistory.SpeedFile(host.Services.GetRequiredService<SatHome>()));
                var cost = CostEstimate.From(states, history);
                var (isTried, trial, measured) = (false, TrialOutcome.None, (TrialAge?)null);
                if (cost.UnknownRuns > 0)
                {
                    var calibrator = new Calibrator(host.Services.GetRequiredService<SatHome>(), parsed.GetValue(plugins)!);
                    var neverRun = cost.ToTry;
                    var known = calibrator.Known();
                    (cost, isTried) = (CostEstimate.From(states, history, Speeds(known)), true);
                    measured = TrialAge.Of(known, neverRun);
                    var toTry = parsed.GetValue(calibrate) ? neverRun : cost.ToTry;
                    if (toTry.Count > 0 && !parsed.GetValue(noCalibrate) && (parsed.GetValue(calibrate) || Calibrator.IsWanted))
                    {
                        var isOver = await calibrator.MeasureAsync(toTry, stop);
                        cost = CostEstimate.From(states, history, Speeds(calibrator.Known()));
                        measured = parsed.GetValue(calibrate) ? null : measured;
                        trial =
                            cost.ToTry.Count == 0 ? TrialOutcome.None
                            : isOver ? TrialOutcome.Failed
                            : TrialOutcome.OutOfTime;
                    }
                }
                var forecast = parsed.GetValue(power)
                    ? VerdictForecast.From(
                        plan.WithMetrics(host.Services.GetRequiredService<ComponentCatalog>()),
                        parsed.GetValue(deviation)
                    )
                    : null;
                if (parsed.GetValue(json))
                {
                    Terminal.WriteJson(
                        new
                        {
                            Schema = 1,
                            plan.Name,
                            Out = folder,
                            plan.Notes,
                            plan.Warnings,
                            Cost = new
                            {
                                cost.FreeRuns,
                                cost.UnknownRuns,
                                cost.Evaluations,
                                Seconds = states.All(s => s.Run.IsIdentified) ? cost.Work?.TotalSeconds : null,
                                Trial = isTried && cost.Work is not null,
                            },
                            Power = forecast,
                            Runs = states.Select(Listed.From),
                        }
                    );
                    return ExitCode.Fine;
                }
                Write(states, cost, isTried, trial, measured);
                if (forecast is not null)
                    PowerText.Write(forecast, plan.Margin!.Value, parsed.GetValue(deviation));
                return ExitCode.Fine;
            }));
        return command;
    }

    private static Speed[] Speeds(IEnumerable<Trial> trials) => [.. trials.Select(t => t.Speed)];

    /// <summary>What a trial left unknown.</summary>
    private enum TrialOutcome
    {
        /// <summary>Nothing, or there was none.</summary>
        None,

        /// <summary>Runs for which its time was too short.</summary>
        OutOfTime,

        /// <summary>Runs that could not be tried.</summary>
        Failed,
    }

    /// <summary>A run in JSON.</summary>
    /// <param name="Id">Its id; null: its data are missing, and they decide it.</param>
    /// <param name="Status">As in the table.</param>
    /// <param name="Spec">Its specification.</param>
    private sealed record Listed([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Id, string Status, RunSpec Spec)
    {
        public static Listed From(RunState state) =>
            state.Run.IsIdentified
                ? new(state.Run.Id, PlanTable.Status(state), state.Run.Request.Spec)
                : new(null, PlanTable.Status(state), state.Run.Request.Spec with { Parent = null });
    }

    private static void Write(RunState[] states, CostEstimate cost, bool isTried, TrialOutcome trial, TrialAge? measured)
    {
        IReadOnlyList<string> left;
        using (var output = Terminal.BufferedOut())
        {
            var names = RunNames.For(states.Select(s => s.Run.Request));
            output.WriteLine(WordWrap.Paragraph($"all: {names.Shared}", TerminalSize.OutColumns, 2));
            var table = PlanTable.Create(states);
            table.Fit(TerminalSize.OutColumns, [.. table.Header.Except(["id", "method", "status"]).Reverse()], out left).Write(output);
        }
        if (left.Count > 0)
            Console.Error.WriteLine($"not shown for lack of room: {string.Join(", ", left)}");
        var missing = states.Count(s => !s.Run.IsIdentified);
        var done = states.Count(s => s.IsDone);
        var running = states.Length - missing - done - cost.FreeRuns;
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Count.Of(states.Length, "run")}, {done} done, {(running > 0 ? $"{running} running, " : "")}{cost.FreeRuns} to do{(missing > 0 ? $", {missing} with data missing" : "")}"
            )
        );
        if (missing > 0)
            Say("Only the data can tell which runs these are, and whether they are done.");
        foreach (var state in states.Where(s => s.Damage is not null))
            Console.Error.WriteLine($"warning: {state.Damage!.Message}");
        foreach (var stale in states.Where(s => s.OtherCode is not null).GroupBy(s => s.OtherCode))
            Console.Error.WriteLine(
                $"warning: {Count.Of(stale.Count(), "run")} done with other code: {stale.Key}. 'dotnet sat sweep --remake-stale' repeats {Count.Word(stale.Count(), "it", "them")}."
            );
        if (cost.FreeRuns == 0)
            return;
        if (cost.Evaluations == cost.FreeRuns)
        {
            Say(
                $"Nothing is left to train: {Count.Of(cost.Evaluations, "evaluation")}, and nothing here tells how long {Count.Word(cost.Evaluations, "it takes", "they take")}."
            );
            return;
        }
        var evaluations =
            cost.Evaluations == 0
                ? ""
                : $"; {Count.Of(cost.Evaluations, "evaluation")} {Count.Word(cost.Evaluations, "comes", "come")} on top, and nothing here tells how long {Count.Word(cost.Evaluations, "it takes", "they take")}";
        if (cost.Work is not { } work)
        {
            var trained = cost.FreeRuns - cost.Evaluations;
            var known = trained - cost.UnknownRuns;
            if (known > 0)
                Say(
                    $"about {RunText.InWords(cost.KnownWork)} of training for {known} of them, one run after another, judging by {Source()}"
                );
            Say(
                $"How long {(cost.UnknownRuns == cost.FreeRuns ? Count.Word(cost.FreeRuns, "it takes", "they take") : $"{(known > 0 ? $"{cost.UnknownRuns} of them" : Count.Of(trained, "run"))} {Count.Word(cost.UnknownRuns, "takes", "take")} to train")} is unknown: no finished run of {Count.Word(cost.UnknownRuns, "its", "their")} dataset, model, batch size and method shows it{After(trial)}{evaluations}."
            );
            return;
        }
        Say($"about {RunText.InWords(work)} of training left, one run after another, judging by {Source()}{evaluations}");
        if (work > TimeSpan.FromDays(1) && Cards.For("auto").Count == 0)
            Say(
                "That is more than a day on this machine's processors, and the tool finds no graphics card that it can use. Use one for runs of this size; 'dotnet sat doctor' says what is missing for it."
            );

        static string After(TrialOutcome trial) =>
            trial switch
            {
                TrialOutcome.Failed => ", and the trial failed: 'dotnet sat sweep' will say why",
                TrialOutcome.OutOfTime =>
                    ", and the trial's time was over before it had measured them: repeat the command, which measures more",
                _ => "",
            };

        string Source() => isTried ? $"a short trial on this machine{measured?.Text}" : "the speed of earlier runs";

        static void Say(string sentence) => Console.Out.WriteLine(WordWrap.Paragraph(sentence, TerminalSize.OutColumns));
    }
}
