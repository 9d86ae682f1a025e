using System.CommandLine;
using System.Globalization;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Sweeps.Store;

namespace Sat.Tool.Commands;

/// <summary><c>runs verify</c>: holds every file of output folders against its checksum.</summary>
internal static class RunsVerifyCommand
{
    public static ToolCommand Create(Option<string> root)
    {
        var records = new Option<bool>("--records") { Description = "Check records and metrics only" };
        var reseal = new Option<bool>("--reseal")
        {
            Description = "Accept damaged or unsealed files that hold no results (logs, times, events, reports) as they are now",
        };
        var json = SharedOptions.Json();
        var command = new ToolCommand(
            "verify",
            "Check all files of runs, plans and reports against their checksums. Exits with 5 when something is damaged.",
            "runs verify",
            "runs verify --in runs/label-noise",
            "runs verify --records"
        )
        {
            root,
            records,
            reseal,
            json,
        };
        command.SetAction(parsed =>
        {
            var verification = Verification.Run(new RunStore(parsed.GetValue(root)!), parsed.GetValue(records), parsed.GetValue(reseal));
            if (parsed.GetValue(json))
                Console.Out.Write(SatJson.WriteIndented(verification));
            else
                Write(verification);
            return verification.IsWhole ? ExitCode.Fine : ExitCode.Environment;
        });
        return command;
    }

    private static void Write(Verification verification)
    {
        foreach (var damage in verification.Damages)
            Console.Out.WriteLine($"{damage.File}: {damage.What}");
        foreach (var damage in verification.Accepted)
            Console.Out.WriteLine($"{damage.File}: {damage.What}; accepted as it is now");
        Console.Error.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Count.Of(verification.Runs, "run")}, {Count.Of(verification.Files, "file")}: {(verification.IsWhole ? "nothing is damaged" : $"{verification.Damages.Count} damaged")}"
            )
        );
        if (verification.Unsealed > 0)
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{verification.Unsealed} not sealed: of these, only records, outcomes and checkpoints were checked. They are unfinished, or from before files were sealed."
                )
            );
        if (verification.Damages.Any(d => d.IsOutcome))
            Console.Error.WriteLine("The commands that made the damaged runs make them again.");
        if (verification.Damages.Any(d => Path.GetFileName(d.File) == Plan.FileName))
            Console.Error.WriteLine($"The command that wrote {Plan.FileName} writes it again: repeat the sweep, which keeps the runs.");
        else if (verification.Damages.Any(d => !d.IsOutcome))
            Console.Error.WriteLine(
                $"No result depends on {(verification.Damages.Any(d => d.IsOutcome) ? "the other files" : "these files")}: 'dotnet sat report' writes reports again, and --reseal accepts the rest as it is now."
            );
    }
}
