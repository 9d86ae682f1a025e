using System.Text;
using Sat.Publishing.Descriptions;
using Sat.Publishing.Privacy;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Reports;

namespace Sat.Publishing.Bundles;

/// <summary>Makes a bundle of an output folder.</summary>
/// <param name="publication">What its authors say.</param>
/// <param name="tool">Version of the tool.</param>
public sealed class BundleWriter(Publication publication, string tool)
{
    /// <summary>Folder of files that were added by hand.</summary>
    private const string Added = "added";

    /// <summary>What must not be in a bundle, beside the machines and folders that its records name.</summary>
    public IReadOnlyList<PrivateValue> Private { get; init; } = [];

    /// <summary>True to replace private texts in plan and records; else they are refused.</summary>
    public bool Redacts { get; init; }

    /// <summary>What of runs to add.</summary>
    public BundleParts Parts { get; init; }

    /// <summary>Files to add, such as a lock file of plugins or the code of one: they come to lie in <c>added</c>.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>Writes the bundle: plan, records, metrics, the report as it is made from these alone, and what describes them. Equal inputs
    /// give equal bytes.</summary>
    /// <param name="outputFolder">The folder, as a sweep leaves it.</param>
    /// <param name="path">The zip archive, written whole or not at all.</param>
    /// <returns>How many files it has.</returns>
    /// <exception cref="SatException">There is no plan or no finished run, a record is damaged, or something private is in a file (exit
    /// code 5); a file to add is not there (exit code 2).</exception>
    public int Write(string outputFolder, string path)
    {
        var plan = Plan.Read(outputFolder)
            ?? throw new SatException(
                ExitCode.Environment,
                $"there is no {Plan.FileName} in {outputFolder}: name the output folder of a sweep."
            );
        var stage = Directory.CreateTempSubdirectory("sat-publish-").FullName;
        try
        {
            PrivateValue[] secrets = [.. Private.Concat(PrivateValues.OfRecords(outputFolder, plan)).Distinct()];
            var neutral = new NeutralRecords(Redacts ? secrets : []);
            plan = neutral.Of(plan);
            plan.Write(stage);
            RunRecord[] records =
            [
                .. plan
                    .Runs.Select(run => RunCopy.Make(RunFolder.For(outputFolder, run.Id), RunFolder.For(stage, run.Id), Parts, neutral))
                    .OfType<RunRecord>(),
            ];
            if (records.Where(r => r.Status == RunStatus.Done).Max(r => r.Ended) is not { } last)
                throw new SatException(ExitCode.Environment, $"no run in {outputFolder} is done: there is nothing to publish yet.");
            foreach (var list in FileList.In(outputFolder))
                File.Copy(list, Path.Combine(stage, Path.GetFileName(list)));
            Add(stage);
            var report = ReportWriter.Write(stage);
            var facts = new BundleFacts
            {
                Tool = tool,
                Publication = publication,
                Date = DateOnly.FromDateTime(last.UtcDateTime),
                Changed = Redacts
                    ? [NeutralRecords.Rule, $"Private texts in the plan and the records are replaced by {NeutralRecords.Placeholder}."]
                    : [NeutralRecords.Rule],
            };
            File.WriteAllBytes(Path.Combine(stage, BundleFacts.FileName), Encoding.UTF8.GetBytes(SatJson.WriteIndented(facts)));
            DescriptionFiles.Write(stage, facts, plan, records, report.Document);
            PrivateText.Refuse(stage, secrets);
            return Seal(stage, path);
        }
        finally
        {
            Directory.Delete(stage, recursive: true);
        }
    }

    private void Add(string stage)
    {
        foreach (var file in More)
        {
            var to = Path.Combine(stage, Added, Path.GetFileName(file));
            if (!File.Exists(file) || File.Exists(to))
                throw new SatException(
                    ExitCode.Planning,
                    File.Exists(to)
                        ? $"two files to add are named {Path.GetFileName(file)}: rename one."
                        : $"the file to add, {file}, is not there."
                );
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    private static int Seal(string stage, string path)
    {
        string[] files = [.. FolderTree.Files(stage).Select(f => f.Name)];
        var list = ChecksumList.Text(files.Select(f => KeyValuePair.Create(f, ChecksumList.PathFor(Path.Combine(stage, f)))));
        File.WriteAllBytes(Path.Combine(stage, BundleNames.Manifest), Encoding.UTF8.GetBytes(list));
        BundleArchive.Pack(stage, path);
        return files.Length + 1;
    }
}
