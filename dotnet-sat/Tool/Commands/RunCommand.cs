using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Reports;
using Sat.Sweeps.Studies;
using Sat.Tool.Completion;

namespace Sat.Tool.Commands;

/// <summary><c>run</c>: one run, from options or from the request of an earlier one.</summary>
internal static class RunCommand
{
    private static readonly (string Name, ComponentKind Kind)[] Slots =
    [
        ("dataset", ComponentKind.Dataset), ("noise", ComponentKind.Noise), ("model", ComponentKind.Model), ("method", ComponentKind.Method),
    ];

    public static Command Create(Signals signals)
    {
        var spec = new Option<string?>("--spec") { Description = "A run's request.json: repeats that very run", HelpName = "FILE" };
        Option<string?>[] components = [.. Slots.Select(slot => new Option<string?>("--" + slot.Name) { Description = $"The {slot.Name}'s id", HelpName = "ID", CompletionSources = { Candidates.Ids(slot.Kind) } })];
        var seed = new Option<long?>("--seed")
        {
            Description = "Root of every random stream [default: 1]",
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
        var (data, set, json) = (SharedOptions.Data(), SharedOptions.Set(), SharedOptions.Json());
        var (device, threads, plugins) = (SharedOptions.Device(), SharedOptions.Threads(), SharedOptions.Plugin());
        var command = new ToolCommand("run", "Make one run, from options or from the request of an earlier run.",
            "run --dataset shapes --model small-conv --method sat --noise symmetric --set noise.rate=0.4 --set method.start-epoch=3 --epochs 20",
            "run --spec runs/label-noise/0123456789ab/request.json --out runs/again")
        {
            spec, seed, epochs, output, data, set, device, threads, json, plugins,
        };
        foreach (var component in components)
            command.Options.Add(component);
        var checkpoints = new CheckpointOptions();
        checkpoints.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            Plan plan;
            if (parsed.GetValue(spec) is { } file)
            {
                if (components.Any(c => parsed.GetValue(c) is not null) || parsed.GetValue(set)!.Length > 0 || parsed.GetValue(seed) is not null || parsed.GetValue(epochs) is not null)
                    throw new SatException(ExitCode.Planning, "--spec repeats a run as it was: leave out --set, --seed, --epochs and the components, or leave out --spec");
                plan = FromRequest(file);
                host.Services.GetRequiredService<PluginHost>().Require(plan.Runs[0].Request.Spec);
            }
            else
            {
                var study = new StringBuilder($"name: {SweepSession.SingleRuns}\ndefaults:\n");
                foreach (var (slot, option) in Slots.Select(s => s.Name).Zip(components))
                {
                    if (parsed.GetValue(option) is { } id)
                        study.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {slot}: {{ id: {JsonSerializer.Serialize(id)} }}\n");
                }
                study.Append("matrix: { seed: [").Append(parsed.GetValue(seed) ?? 1).Append("] }\n");
                List<string> overrides = [.. parsed.GetValue(set)!];
                if (parsed.GetValue(epochs) is { } count)
                    overrides.Insert(0, $"training.epochs={count}");
                plan = Planning.Plan(host, Study.Parse(study.ToString(), "(options)"), parsed.GetValue(data), overrides);
                if (plan.Runs.Count != 1)
                    throw new SatException(ExitCode.Planning, $"these options span {plan.Runs.Count} runs: give one value each, or write a study for 'sweep'");
            }

            var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("runs", SweepSession.SingleRuns));
            var conditions = new SweepConditions(parsed.GetValue(device)!, parsed.GetValue(threads), 1, FailFast: true, parsed.GetValue(plugins)!, checkpoints.Arguments(parsed));
            var code = await SweepSession.Run(plan, folder, conditions, host.Services.GetRequiredService<SatHome>(), signals);
            var run = RunFolder.Of(folder, plan.Runs[0].Id);
            if (parsed.GetValue(json))
            {
                await Console.Out.WriteAsync(SatJson.WriteIndented(run.ReadRecord()));
            }
            else
            {
                ReportWriter.Write(folder);
                await Console.Out.WriteLineAsync(run.Path);
            }
            return code;
        });
        return command;
    }

    private static Plan FromRequest(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SatException(ExitCode.Planning, $"{file} is no run's request: {e.Message}", inner: e);
        }
    }
}
