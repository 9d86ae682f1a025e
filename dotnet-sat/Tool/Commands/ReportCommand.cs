using System.CommandLine;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Reports;
using Sat.Reports.Results;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>report DIR</c>: renders an output folder, half-done or whole.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Output folder of a sweep" };
        var gate = new Option<string[]>("--gate")
        {
            Description =
                "Exit with 4 unless the gate is met: equivalent (every published value under the same protocol is, within the study's margin), direction (every comparison with a reference method has the published direction), expectations (all of the study's are met); may be repeated",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };
        gate.AcceptOnlyFromAmong([.. Gate.All.Keys]);
        var json = new Option<bool>("--json") { Description = "Print results.json instead of the report's path" };
        var open = Browser.Option();
        var command = new ToolCommand(
            "report",
            "Write the report of an output folder as HTML, Markdown, CSV and JSON. A sweep need not be finished.",
            "report runs/label-noise",
            "report runs/label-noise --gate direction",
            "report runs/label-noise --json"
        )
        {
            folder,
            gate,
            json,
            open,
        };
        command.SetAction(parsed =>
        {
            var files = ReportWriter.Write(parsed.GetValue(folder)!, InstalledMetrics.Read().Declared);
            if (parsed.GetValue(json))
                Console.Out.Write(SatJson.WriteIndented(files.Document));
            else
                Console.Out.WriteLine(files.Html);
            if (parsed.GetValue(open))
                Browser.Open(files.Html);
            var gates = Require(files.Document, parsed.GetValue(gate)!);
            return Damaged(files.Document) ? ExitCode.Environment : gates;
        });
        return command;
    }

    /// <summary>Names the damaged runs of a report.</summary>
    /// <returns>True if there are any.</returns>
    private static bool Damaged(ResultsDocument document)
    {
        var damaged = document.Runs.Where(r => r.State == RunStanding.Damaged).ToArray();
        foreach (var run in damaged)
            Console.Error.WriteLine($"warning: {run.Error}");
        if (damaged.Length > 0)
            Console.Error.WriteLine($"The report leaves out {Count.Of(damaged.Length, "damaged run")}.");
        return damaged.Length > 0;
    }

    /// <summary>Asks gates and says how they stand.</summary>
    /// <returns>0, or 4 when one is not met.</returns>
    public static int Require(ResultsDocument document, params IReadOnlyList<string> gates)
    {
        var code = ExitCode.Fine;
        foreach (var name in gates)
        {
            var result = Gate.All[name](document);
            Console.Error.WriteLine($"gate {name}: {(result.Met ? "met" : "not met")}");
            foreach (var sentence in result.Sentences)
                Console.Error.WriteLine($"  {sentence}");
            if (!result.Met)
                code = ExitCode.GateNotMet;
        }
        return code;
    }
}
