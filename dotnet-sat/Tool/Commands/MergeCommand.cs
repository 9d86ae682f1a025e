using System.CommandLine;
using Sat.Publishing.Collections;
using Sat.Records;
using Sat.Tool.Processes;

namespace Sat.Tool.Commands;

/// <summary><c>merge BUNDLE...</c>: several laboratories' results in one report.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var bundles = new Argument<string[]>("BUNDLE")
        {
            Description = "Zip archives that 'publish' made, two or more",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = SharedOptions.Out("Folder for the report [default: merged]");
        var title = new Option<string>("--title")
        {
            Description = "What the report is called",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "Merged results",
        };
        var command = new ToolCommand(
            "merge",
            "Check several laboratories' bundles and put them into one report: who contributed what, a random-effects summary of each cell, and the runs of equal id that came out differently.",
            "merge lab-a.zip lab-b.zip",
            "merge lab-a.zip lab-b.zip --out joint --title \"Label noise, two laboratories\""
        )
        {
            bundles,
            output,
            title,
        };
        command.SetAction(parsed =>
        {
            using var set = BundleSet.Open(parsed.GetValue(bundles)!, ToolInfo.Version);
            var (document, page) = MergedReport.Write(set, parsed.GetValue(title)!, Path.GetFullPath(parsed.GetValue(output) ?? "merged"));
            var shared = document.Cells.Count(c => c.Parts.Count > 1);
            Console.Error.WriteLine(
                $"{Count.Of(document.Contributions.Count, "bundle")}, {Count.Of(document.Cells.Count, "cell")}, {shared} of them measured by more than one laboratory."
            );
            if (document.Conflicts.Count > 0)
                Console.Error.WriteLine(
                    $"note: {Count.Of(document.Conflicts.Count, "run")} {Count.Word(document.Conflicts.Count, "has", "have")} one id and different outcomes; the report names {Count.Word(document.Conflicts.Count, "it", "them")}."
                );
            Console.Out.WriteLine(page);
            return ExitCode.Fine;
        });
        return command;
    }
}
