using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;
using Sat.Tool.Display;
using Sat.Tool.Papers;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>paper</c>: a study for every table and figure of the papers.</summary>
internal static class PaperCommand
{
    public static Command Create() =>
        new ToolCommand(
            "paper",
            "Studies for the tables and figures of the self-adaptive training papers.",
            "paper list",
            "paper init label-noise --scale small"
        )
        {
            List(),
            Init(),
        };

    private static ToolCommand List()
    {
        var (data, json, plugins) = (SharedOptions.Data(), SharedOptions.Json(), SharedOptions.Plugin());
        var command = new ToolCommand(
            "list",
            "List the tables and figures: what each claims, how many runs it takes, what they cost, and which data are missing here.",
            "paper list"
        )
        {
            data,
            json,
            plugins,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var catalog = host.Services.GetRequiredService<ComponentCatalog>();
            var root = parsed.GetValue(data) is { } folder ? Path.GetFullPath(folder) : host.Services.GetRequiredService<SatHome>().Data;
            var listed = PaperStudy.All.Select(p => Listed.From(p, s => Plan(p, s, catalog, root))).ToArray();
            if (parsed.GetValue(json))
                Terminal.WriteJson(new { Schema = 1, Papers = listed });
            else
                Write(listed);
            return ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Init()
    {
        var name = new Argument<string>("NAME") { Description = "The table or figure; 'paper list' lists them", HelpName = "NAME" };
        name.CompletionSources.Add(_ => PaperStudy.All.Select(p => new CompletionItem(p.Name)));
        var file = new Argument<string?>("FILE")
        {
            Description = "The study file to write [default: paper-NAME.yaml, with -small where it is]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var scale = new Option<string>("--scale")
        {
            Description =
                "full: the published protocol, for a graphics card; small: for two CPU cores, with expectations of the direction only",
            HelpName = "SCALE",
            DefaultValueFactory = _ => "full",
        };
        scale.AcceptOnlyFromAmong("full", "small");
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists" };
        var command = new ToolCommand(
            "init",
            "Write the study of a table or figure, to plan, change and sweep like any other.",
            "paper init label-noise",
            "paper init double-descent-width --scale small"
        )
        {
            name,
            file,
            scale,
            force,
        };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name)!;
            var paper = PaperStudy.All.FirstOrDefault(p => p.Name == wanted)
                ?? throw new SatException(
                    ExitCode.Planning,
                    $"there is no study '{wanted}'.{NearestName.Hint(wanted, PaperStudy.All.Select(p => p.Name))} 'dotnet sat paper list' lists them."
                );
            var size = parsed.GetValue(scale) == "small" ? PaperScale.Small : PaperScale.Full;
            StudyFile.Write(parsed.GetValue(file) ?? $"{paper.StudyName(size)}.yaml", parsed.GetValue(force), _ => paper.Text(size));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Plan Plan(PaperStudy paper, PaperScale scale, ComponentCatalog catalog, string data) =>
        Planner.Plan(
            Study.Parse(paper.Text(scale), paper.Resource(scale)),
            catalog,
            new PlanOptions
            {
                DataRoot = data,
                Tool = ToolInfo.Version,
                AllowMissingData = true,
            }
        );

    private static void Write(Listed[] papers)
    {
        foreach (var paper in papers)
        {
            Console.Out.WriteLine(WordWrap.Paragraph($"{paper.Name}: {paper.Shows}", TerminalSize.OutColumns, 2));
            Console.Out.WriteLine(WordWrap.Paragraph($"  claim: {paper.Claim}", TerminalSize.OutColumns, 4));
            Console.Out.WriteLine(
                WordWrap.Paragraph(
                    $"  full: {Line(paper.Full, $"about {Round(paper.Full.GpuHours)} GPU-hours")}",
                    TerminalSize.OutColumns,
                    4
                )
            );
            Console.Out.WriteLine(
                WordWrap.Paragraph(
                    $"  small: {Line(paper.Small, paper.Small.CpuMinutes is { } minutes ? $"about {Round(minutes)} CPU-minutes" : "CPU-minutes not measured")}",
                    TerminalSize.OutColumns,
                    4
                )
            );
        }
        Console.Out.WriteLine();
        Console.Out.WriteLine(
            WordWrap.Paragraph(
                $"Full studies follow the published protocol and are meant for a graphics card, small ones for two CPU cores. GPU-hours are computed, not measured: the operations of the training alone, at {PaperCost.SustainedTeraflops} TFLOP/s. CPU-minutes are the time of a sweep, evaluations and all, times its jobs of one thread each, as measured on busy servers. 'dotnet sat plan' says how long the training takes here.",
                TerminalSize.OutColumns,
                0
            )
        );

        static string Round(double? amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:#,0}");

        static string Line(Scale scale, string cost) =>
            $"{Count.Of(scale.Runs, "run")}, {cost}"
            + (scale.MissingData.Count == 0 ? "" : $", data missing: {string.Join(", ", scale.MissingData)}");
    }

    /// <param name="Runs">Its runs.</param>
    /// <param name="MissingData">Datasets whose files are not here.</param>
    private sealed record Scale(int Runs, IReadOnlyList<string> MissingData)
    {
        /// <summary>Hours of training on a card of <see cref="PaperCost.SustainedTeraflops"/>, computed; null for a small study.</summary>
        public double? GpuHours { get; init; }

        /// <summary>Minutes of one core, measured; null for a full study.</summary>
        public double? CpuMinutes { get; init; }

        public static Scale From(Plan plan) =>
            new(
                plan.Runs.Count,
                [.. plan.Runs.Where(r => !r.IsIdentified).Select(r => r.Request.Spec.Dataset.Id).Distinct().Order(StringComparer.Ordinal)]
            );
    }

    /// <summary>A table or figure as it is listed.</summary>
    private sealed record Listed(string Name, string Shows, string Claim, Scale Full, Scale Small)
    {
        public static Listed From(PaperStudy paper, Func<PaperScale, Plan> plan) =>
            new(
                paper.Name,
                paper.Shows,
                paper.Claim,
                Scale.From(plan(PaperScale.Full)) with
                {
                    GpuHours = paper.Cost.GpuHours,
                },
                Scale.From(plan(PaperScale.Small)) with
                {
                    CpuMinutes = paper.Cost.SmallCpuMinutes,
                }
            );
    }
}
