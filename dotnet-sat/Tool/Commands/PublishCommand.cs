using System.CommandLine;
using Sat.Publishing.Bundles;
using Sat.Publishing.Descriptions;
using Sat.Publishing.Privacy;
using Sat.Publishing.Signatures;
using Sat.Records;
using Sat.Tool.Processes;

namespace Sat.Tool.Commands;

/// <summary><c>publish DIR</c>: one file that others can check.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Output folder of a sweep" };
        var to = new Option<string?>("--to")
        {
            Description = "The bundle to write, replaced if it exists [default: NAME.zip]",
            HelpName = "FILE",
        };
        var about = new Option<string?>("--about")
        {
            Description =
                "YAML file with title, licence (SPDX), authors, and answers to what no record says [default: about.yaml in DIR, for which a terminal asks]",
            HelpName = "FILE",
        };
        var redact = new Option<bool>("--redact")
        {
            Description = "Replace private paths, user names, machine names and secrets in plan and records, instead of refusing",
        };
        var weights = new Option<bool>("--weights") { Description = "Add the nets' weights" };
        var logits = new Option<bool>("--logits") { Description = "Add logits, soft targets and other arrays with a row for each sample" };
        var add = new Option<string[]>("--add")
        {
            Description = "Add this file, such as a lock file of plugins; may be repeated",
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };
        var sign = new Option<string?>("--sign")
        {
            Description = "Sign the bundle with this ECDSA private key (PEM): the signature lies beside it",
            HelpName = "KEY",
        };
        var command = new ToolCommand(
            "publish",
            "Pack an output folder into one zip archive that others can check: plan, records, metrics, report, and its description for people and programs (RO-Crate, CITATION.cff, Croissant, model cards, a checklist).",
            "publish runs/label-noise --about about.yaml",
            "publish runs/label-noise --about about.yaml --to label-noise.zip --redact --sign key.pem"
        )
        {
            folder,
            to,
            about,
            redact,
            weights,
            logits,
            add,
            sign,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.GetValue(folder)!;
            var aboutFile = parsed.GetValue(about) ?? AskedPublication.Ask(output);
            var publication = Publication.Read(aboutFile);
            if (parsed.GetValue(sign) is { } key)
                BundleSignature.RequireKey(key);
            var path = Path.GetFullPath(
                parsed.GetValue(to) ?? $"{Path.GetFileName(Path.GetFullPath(output).TrimEnd(Path.DirectorySeparatorChar))}.zip"
            );
            var parts =
                (parsed.GetValue(weights) ? BundleParts.Weights : BundleParts.None)
                | (parsed.GetValue(logits) ? BundleParts.Logits : BundleParts.None);
            var files = new BundleWriter(publication, ToolInfo.Version)
            {
                Private = PrivateValues.Read(output, SatHome.FromEnvironment().Root),
                Redacts = parsed.GetValue(redact),
                Parts = parts,
                More = parsed.GetValue(add)!,
            }.Write(output, path);
            Console.Out.WriteLine(path);
            if (parsed.GetValue(sign) is { } signer)
                Console.Out.WriteLine(BundleSignature.Write(path, signer));
            string[] open = [.. OpenQuestion.All.Select(q => q.Key).Except(publication.Answers.Keys)];
            Console.Error.WriteLine(
                $"{Count.Of(files, "file")}."
                    + (
                        open.Length == 0
                            ? ""
                            : $" {Count.Of(open.Length, "question")} of the checklist {Count.Word(open.Length, "is", "are")} open: to answer, add {string.Join(", ", open)} under 'answers' in {aboutFile}, and publish again."
                    )
            );
            return ExitCode.Fine;
        });
        return command;
    }
}
