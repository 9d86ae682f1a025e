using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Reports;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>run</c>: one run, from options or from the request of an earlier one.</summary>
internal static class RunCommand
{
    private const string Optional = "noise";

    private static readonly (string Name, ComponentKind Kind)[] Slots =
    [
        ("dataset", ComponentKind.Dataset),
        (Optional, ComponentKind.Noise),
        ("model", ComponentKind.Model),
        ("method", ComponentKind.Method),
    ];

    public static Command Create(Signals signals)
    {
        var spec = new Option<string?>("--spec") { Description = "The request.json of a run, to make that very run", HelpName = "FILE" };
        Option<string?>[] components =
        [
            .. Slots.Select(slot => new Option<string?>("--" + slot.Name)
            {
                Description = $"Id of the {slot.Name}; see 'plugin list'",
                HelpName = "ID",
                CompletionSources = { Candidates.Ids(slot.Kind) },
            }),
        ];
        var seed = new Option<long?>("--seed")
        {
            Description = "Seed of all random numbers [default: 1]",
            HelpName = "N",
            CustomParser = result => SharedOptions.WholeNumber(result, 0, (1L << 53) - 1),
        };
        var epochs = new Option<int?>("--epochs")
        {
            Description = "Passes over the training set",
            HelpName = "N",
            CustomParser = result => (int)SharedOptions.WholeNumber(result, 1, int.MaxValue),
        };
        var output = SharedOptions.Out("Output folder [default: runs/single]");
        var (data, set, precision, json) = (SharedOptions.Data(), SharedOptions.Set(), SharedOptions.Precision(), SharedOptions.Json());
        var (allow, stale) = (SharedOptions.AllowNoEffect(), SharedOptions.RemakeStale());
        var (device, threads, plugins) = (SharedOptions.Device(), SharedOptions.Threads(), SharedOptions.Plugin());
        var loaders = SharedOptions.LoaderThreads();
        var command = new ToolCommand(
            "run",
            "Make one run, from options or from the request of an earlier run.",
            "run --dataset shapes --model small-conv --method sat --noise symmetric --set noise.rate=0.4 --epochs 20",
            "run --spec runs/label-noise/0123456789ab/request.json --out runs/again"
        )
        {
            spec,
        };
        foreach (var component in components)
            command.Options.Add(component);
        foreach (
            var option in new Option[] { seed, epochs, output, threads, loaders, device, precision, data, set, allow, stale, json, plugins }
        )
            command.Options.Add(option);
        var checkpoints = new CheckpointOptions();
        checkpoints.AddTo(command);
        var stall = SharedOptions.StallAfter();
        command.Options.Add(stall);
        var attach = new Option<bool>("--attach")
        {
            Description = "Train in this process, once a debugger is attached: for authors of plugins",
        };
        command.Options.Add(attach);
        command.SetAction(
            async (parsed, _) =>
            {
                using var host = ToolHost.Build(parsed.GetValue(plugins));
                Plan plan;
                if (parsed.GetValue(spec) is { } file)
                {
                    if (
                        components.Any(c => parsed.GetValue(c) is not null)
                        || SharedOptions.Overrides(parsed, set, precision).Length > 0
                        || parsed.GetValue(seed) is not null
                        || parsed.GetValue(epochs) is not null
                    )
                        throw new SatException(
                            ExitCode.Planning,
                            "--spec makes a run exactly as recorded: leave out either --spec or the options --set, --precision, --seed, --epochs and those of the components"
                        );
                    plan = FromRequest(file);
                    var request = plan.Runs[0].Request.Spec;
                    SpecCheck.Require(request, host.Services.GetRequiredService<ComponentCatalog>(), file);
                    host.Services.GetRequiredService<PluginHost>().Require(request);
                }
                else
                {
                    var overrides = SharedOptions.Overrides(parsed, set, precision);
                    var study = FromOptions(
                        parsed.GetValue(seed) ?? 1,
                        parsed.GetValue(epochs),
                        [.. Slots.Zip(components, (slot, option) => (slot.Name, parsed.GetValue(option)))],
                        overrides
                    );
                    plan = Planning.Plan(host, study, parsed.GetValue(data), overrides, allowNoEffect: parsed.GetValue(allow));
                    if (plan.Runs.Count != 1)
                        throw new SatException(
                            ExitCode.Planning,
                            $"these options make {Count.Of(plan.Runs.Count, "run")}: give one value each, or write a study for 'sweep'"
                        );
                }

                var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("runs", SweepSession.SingleRuns));
                var conditions = new SweepConditions(
                    parsed.GetValue(device)!,
                    parsed.GetValue(threads),
                    1,
                    FailFast: true,
                    checkpoints.Arguments(parsed),
                    parsed.GetValue(stall)
                )
                {
                    LoaderThreads = parsed.GetValue(loaders),
                    RemakeStale = parsed.GetValue(stale),
                    Executor = parsed.GetValue(attach) ? arguments => new AttachedExecutor(arguments, signals) : null,
                };
                var code = await SweepSession.Run(plan, folder, conditions, host, signals);
                var run = RunFolder.For(folder, plan.Runs[0].Id);
                if (parsed.GetValue(json))
                {
                    await Console.Out.WriteAsync(SatJson.WriteIndented(run.ReadRecord()));
                }
                else
                {
                    await Console.Error.WriteLineAsync($"report: {ReportWriter.Write(folder).Html}");
                    Suspects.Say([run]);
                    await Console.Out.WriteLineAsync(run.Path);
                }
                return code;
            }
        );
        return command;
    }

    /// <summary>The options as a study, checked as one is; each setting knows its option.</summary>
    private static Study FromOptions(long seed, int? epochs, (string Slot, string? Id)[] components, string[] overrides)
    {
        var defaults = components.Where(c => c.Id is not null).Select(c => Given(c.Slot, "--" + c.Slot, c.Id!)).ToList();
        if (epochs is { } count)
            defaults.Add(
                Entry("training", "--epochs", new MapSetting([Given("epochs", "--epochs", count.ToString(CultureInfo.InvariantCulture))]))
            );
        var missing = components.Where(c =>
            c.Id is null
            && c.Slot != Optional
            && !overrides.Any(o =>
                o.StartsWith(c.Slot + "=", StringComparison.Ordinal) || o.StartsWith(c.Slot + ".id=", StringComparison.Ordinal)
            )
        );
        return new Study
        {
            File = "(options)",
            Source = SettingsSource.Options,
            Name = SweepSession.SingleRuns,
            Text = string.Join(
                ' ',
                [
                    .. components.Where(c => c.Id is not null).Select(c => $"--{c.Slot} {c.Id}"),
                    $"--seed {seed}",
                    .. epochs is null ? (string[])[] : [$"--epochs {epochs}"],
                    .. overrides.Select(o => $"--set {o}"),
                ]
            ),
            Defaults = new MapSetting(defaults),
            Matrix = new MapSetting([Given("seed", "--seed", seed.ToString(CultureInfo.InvariantCulture))]),
            Problems =
            [
                .. missing.Select(c => new Problem(
                    $"--{c.Slot} is missing: name the run's {c.Slot}. 'dotnet sat plugin list' shows the choices."
                )),
            ],
        };

        static MapEntry Given(string name, string option, string text) =>
            Entry(name, option, new ScalarSetting(text, new SourceLocation(option)));

        static MapEntry Entry(string name, string option, Setting value) => new(name, value, new SourceLocation(option));
    }

    private static Plan FromRequest(string file)
    {
        if (!File.Exists(file))
            throw new SatException(ExitCode.Planning, $"--spec: there is no file {file}. It takes the request.json of a run's folder.");
        try
        {
            var text = RegularFile.ReadAllText(file);
            var request = SatJson.Read<RunRequest>(text);
            return new Plan
            {
                Name = SweepSession.SingleRuns,
                Study = text,
                Created = DateTimeOffset.UtcNow,
                Tool = ToolInfo.Version,
                Runs = [new PlannedRun(request.Spec.Id(), request)],
            };
        }
        catch (JsonException e)
        {
            throw JsonFile.Damaged(file, e, "--spec takes the request.json of a run's folder.", exitCode: ExitCode.Planning);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Planning, $"--spec: {file} cannot be read: {e.Message}", inner: e);
        }
    }
}
