using System.CommandLine;
using Sat.Publishing.Bundles;
using Sat.Publishing.Signatures;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>verify BUNDLE</c>: checks a published bundle against itself, against its signature, and by running runs again.</summary>
internal static class VerifyCommand
{
    public static Command Create(Signals signals)
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "A zip archive that 'publish' made" };
        var key = new Option<string?>("--key")
        {
            Description = "PEM file of the signer's public key: check the signature beside the bundle too",
            HelpName = "FILE",
        };
        var rerun = new Option<int>("--rerun")
        {
            Description = "Draw so many cells at random, and repeat one run of each from the bundle alone",
            HelpName = "N",
        };
        rerun.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
                result.AddError("--rerun takes a count of cells, 0 or more.");
        });
        var run = new Option<string[]>("--run")
        {
            Description = "Repeat this run, named by the beginning of its id; may be repeated",
            HelpName = "ID",
            DefaultValueFactory = _ => [],
        };
        var output = SharedOptions.Out($"Output folder of repeated runs [default: {Repetition.Folder.Replace('\\', '/')}]");
        var device = new Option<string?>("--device") { Description = "Where to train [default: as recorded]", HelpName = "DEVICE" };
        var (threads, data, plugins) = (SharedOptions.Threads(), SharedOptions.Data(), SharedOptions.Plugin());
        threads.Description = "Threads [default: as recorded]";
        var command = new ToolCommand(
            "verify",
            "Check a published bundle, offline: every file's hash, every figure computed again from the records, every page made again. Exits with 5 if anything differs. Repeated runs are identical, within the seeds' spread, or different (exit code 4).",
            "verify label-noise.zip",
            "verify label-noise.zip --key lab.pub.pem",
            "verify label-noise.zip --rerun 2"
        )
        {
            bundle,
            key,
            rerun,
            run,
            output,
            device,
            threads,
            data,
            plugins,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var path = parsed.GetValue(bundle)!;
                using var unpacked = UnpackedBundle.Open(path);
                var check = BundleVerifier.Verify(unpacked, ToolInfo.Version);
                var wrong = check.Wrong.ToList();
                if (wrong.Count == 0 && parsed.GetValue(key) is { } signer && BundleSignature.Check(path, signer) is { } unsigned)
                    wrong.Add(unsigned);
                foreach (var damage in wrong)
                    Console.Out.WriteLine($"{VisibleText.Message(damage.File)}: {damage.What}");
                if (wrong.Count > 0)
                {
                    Console.Error.WriteLine(
                        $"{path} is not as published: {Count.Of(wrong.Count, "file")} of {check.Files} {Count.Word(wrong.Count, "is", "are")} wrong."
                    );
                    return ExitCode.Environment;
                }
                Write(check, parsed.GetValue(key));
                if (parsed.GetValue(rerun) == 0 && parsed.GetValue(run)!.Length == 0)
                    return ExitCode.Fine;
                var records = unpacked.ReadRecords(unpacked.ReadPlan());
                RunRecord[] drawn =
                [
                    .. RerunDraw.Named(records, parsed.GetValue(run)!),
                    .. RerunDraw.Cells(records, parsed.GetValue(rerun), Random.Shared),
                ];
                var folder = Path.GetFullPath(parsed.GetValue(output) ?? Repetition.Folder);
                var root = parsed.GetValue(data) is { } given ? Path.GetFullPath(given) : SatHome.FromEnvironment().Data;
                var code = ExitCode.Fine;
                foreach (var record in drawn.DistinctBy(r => r.Id))
                {
                    var seeds = records
                        .Where(r => r.Status == RunStatus.Done && r.Spec.CellId() == record.Spec.CellId())
                        .Select(r => r.Final!);
                    var repetition = await Repetition.Make(
                        Located(record, root),
                        [.. seeds],
                        folder,
                        parsed.GetValue(device),
                        parsed.GetValue(threads),
                        parsed.GetValue(plugins),
                        signals
                    );
                    if (repetition.Judgement is not { } judgement)
                        return repetition.ExitCode;
                    Console.Out.Write($"{record.Id[..RunFolder.NameLength]} ");
                    ReproductionText.Write(judgement);
                    code = Math.Max(code, repetition.ExitCode);
                }
                return code;
            }
        );
        return command;
    }

    /// <summary>Of the folders with data, a bundle has the last names only.</summary>
    private static RunRecord Located(RunRecord record, string root) =>
        record with
        {
            Locations = record.Locations.ToDictionary(l => l.Key, l => Path.Combine(root, l.Value), StringComparer.Ordinal),
        };

    private static void Write(BundleCheck check, string? key)
    {
        Console.Out.WriteLine(
            $"{Count.Of(check.Files, "file")}, {Count.Of(check.Runs, "run")}: all hashes hold, and the records give all figures."
        );
        Console.Out.WriteLine(
            check.ArePagesChecked
                ? "The report, made again, is the same to the byte."
                : $"The pages were not made again: version {check.MadeBy} of the tool made them, and this is {ToolInfo.Version}."
        );
        if (key is not null)
            Console.Out.WriteLine($"The signature is by the key {Path.GetFileName(key)}, and its statement agrees with the bundle.");
    }
}
