using System.CommandLine;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Store;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>reproduce RUN</c>: repeats a run from its <c>run.json</c> alone, and says how near it came.</summary>
internal static class ReproduceCommand
{
    public static Command Create(Signals signals)
    {
        var name = new Argument<string>("RUN") { Description = "Beginning of a run's id, its folder, or a run.json" };
        var root = new Option<string>("--in")
        {
            Description = "Where to look for an id: an output folder, or a folder that holds several",
            HelpName = "DIR",
            DefaultValueFactory = _ => "runs",
        };
        var output = SharedOptions.Out("Output folder [default: runs/reproduced]");
        var device = new Option<string?>("--device") { Description = "Where to train [default: as recorded]", HelpName = "DEVICE" };
        var (threads, json, plugins) = (SharedOptions.Threads(), SharedOptions.Json(), SharedOptions.Plugin());
        threads.Description = "Threads [default: as recorded]";
        var command = new ToolCommand(
            "reproduce",
            "Repeat a run from its record alone, and say whether the outcome is identical, within the spread of the seeds, or different (exit code 4), and which recorded conditions differ.",
            "reproduce 0123456789ab",
            "reproduce elsewhere/run.json --out /tmp/again"
        )
        {
            name,
            root,
            output,
            device,
            threads,
            plugins,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var (first, seeds) = Recorded(parsed.GetValue(root)!, parsed.GetValue(name)!);
                var repetition = await Repetition.Make(
                    first,
                    seeds,
                    Path.GetFullPath(parsed.GetValue(output) ?? Repetition.Folder),
                    parsed.GetValue(device),
                    parsed.GetValue(threads),
                    parsed.GetValue(plugins),
                    signals
                );
                if (repetition is not { Judgement: { } judgement, Run: var run })
                    return repetition.ExitCode;
                if (parsed.GetValue(json))
                    await Console.Out.WriteAsync(
                        SatJson.WriteIndented(
                            new
                            {
                                Schema = 1,
                                first.Id,
                                Folder = run.Path,
                                Reproduction = judgement,
                            }
                        )
                    );
                else
                {
                    ReproductionText.Write(judgement);
                    Console.Out.WriteLine(run.Path);
                }
                return repetition.ExitCode;
            }
        );
        return command;
    }

    /// <summary>The record, and the final metrics of the done seeds of its setting, where its folder has siblings.</summary>
    private static (RunRecord Record, IReadOnlyList<IReadOnlyDictionary<string, double>> Seeds) Recorded(string root, string name)
    {
        var folder = File.Exists(name) ? new RunFolder(Path.GetDirectoryName(Path.GetFullPath(name))!) : RunStore.Find(root, name);
        if (File.Exists(name) && Path.GetFullPath(name) != folder.RecordFile)
            throw new SatException(ExitCode.Planning, $"{name} is not a run.json");
        var record = folder.ReadRecord()
            ?? throw new SatException(ExitCode.Environment, $"{folder.Path} has no run.json: that run was never started");
        if (record.Status != RunStatus.Done)
            throw new SatException(
                ExitCode.Planning,
                $"the run {folder.Name} is {record.Status.ToString().ToLowerInvariant()}: only the outcome of a run that is done can be reproduced"
            );
        var cell = record.Spec.CellId();
        IReadOnlyList<IReadOnlyDictionary<string, double>> seeds =
            Path.GetFileName(folder.Path) == record.Id[..RunFolder.NameLength]
                ?
                [
                    .. new RunStore(Path.GetDirectoryName(folder.Path)!)
                        .Folders()
                        .Select(f => f.ReadRecord())
                        .OfType<RunRecord>()
                        .Where(r => r.Status == RunStatus.Done && r.Spec.CellId() == cell)
                        .Select(r => r.Final!),
                ]
                : [];
        return (Beside(record, folder), seeds);
    }

    /// <summary>An output folder may have moved since an evaluation was recorded: the run that it measured moved along.</summary>
    private static RunRecord Beside(RunRecord record, RunFolder folder)
    {
        if (record.Spec.Parent is not { } parent)
            return record;
        var sibling = RunFolder.For(Path.GetDirectoryName(folder.Path)!, parent);
        if (Directory.Exists(record.Locations.GetValueOrDefault(RunRequest.Parent)) || !File.Exists(sibling.RecordFile))
            return record;
        return record with { Locations = new Dictionary<string, string>(record.Locations) { [RunRequest.Parent] = sibling.Path } };
    }
}
