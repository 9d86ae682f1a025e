using System.Text.Json.Nodes;
using Sat.Publishing.Descriptions;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Plans;
using Sat.Reports;

namespace Sat.Publishing.Bundles;

/// <summary>Checks a bundle without any network: its hashes, then its figures and pages, made again from its records.</summary>
public static class BundleVerifier
{
    private const string NotGiven = "it is not what the bundle's records give";

    /// <summary>Checks a bundle.</summary>
    /// <param name="path">The zip archive.</param>
    /// <param name="tool">Version of this tool: pages that another made are not compared.</param>
    /// <param name="mostBytes">The most bytes that its files may have together.</param>
    /// <exception cref="SatException">It cannot be read safely, or is of a later layout (exit code 5).</exception>
    public static BundleCheck Verify(string path, string tool, long mostBytes = UnpackedBundle.MostBytes)
    {
        using var bundle = UnpackedBundle.Open(path, mostBytes);
        return Verify(bundle, tool);
    }

    /// <summary>Checks a bundle that was unpacked. Its report and descriptions are written anew over the old.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="tool">Version of this tool: pages that another made are not compared.</param>
    /// <exception cref="SatException">It is of a later layout (exit code 5).</exception>
    public static BundleCheck Verify(UnpackedBundle bundle, string tool)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var files = FolderTree.Files(bundle.Folder).Count();
        var wrong = Hashes(bundle, out var sums);
        if (wrong.Count > 0)
            return new BundleCheck(files, 0, wrong, null, false);
        var facts = bundle.ReadFacts();
        var plan = bundle.ReadPlan();
        return new BundleCheck(
            files,
            plan.Runs.Count,
            Figures(bundle, facts, plan, sums, facts.Tool == tool),
            facts.Tool,
            facts.Tool == tool
        );
    }

    private static List<FileDamage> Hashes(UnpackedBundle bundle, out IReadOnlyDictionary<string, string> sums)
    {
        var folder = bundle.Folder;
        if (ChecksumList.Read(folder, out var isWhole, BundleNames.Manifest) is not { } listed)
            throw new SatException(
                ExitCode.Environment,
                $"{bundle.Source} has no {BundleNames.Manifest}: name a bundle, as 'publish' makes it"
            );
        sums = listed;
        var wrong = new List<FileDamage>();
        if (!isWhole)
            wrong.Add(new FileDamage(BundleNames.Manifest, FileDamage.Changed));
        foreach (var (name, sum) in sums)
        {
            var damage = BundleNames.IsSafe(name)
                ? ChecksumList.Check(folder, name, sum)
                : new FileDamage(BundleNames.Manifest, "it lists a name that leads out of the bundle");
            if (damage is not null)
                wrong.Add(damage);
        }
        wrong.AddRange(
            FolderTree
                .Files(folder)
                .Where(f => f.Name != BundleNames.Manifest && !listed.ContainsKey(f.Name))
                .Select(f => new FileDamage(f.Name, $"{BundleNames.Manifest} does not list it"))
        );
        return wrong;
    }

    /// <summary>Makes report and descriptions again, of the records alone, and compares them with the checksums that hold.</summary>
    private static List<FileDamage> Figures(
        UnpackedBundle bundle,
        BundleFacts facts,
        Plan plan,
        IReadOnlyDictionary<string, string> sums,
        bool byThisVersion
    )
    {
        var folder = bundle.Folder;
        var results = Path.Combine(folder, BundleNames.Results);
        var figures = File.Exists(results) ? JsonNode.Parse(RegularFile.ReadAllBytes(results)) : null;
        var document = ReportWriter.Write(folder).Document;
        if (!byThisVersion)
            return StatedFigures.FirstOther(figures, JsonNode.Parse(RegularFile.ReadAllBytes(results))) is { } other
                ? [new FileDamage(BundleNames.Results, $"its figure {other} is not what the bundle's records give")]
                : [];
        return
        [
            .. BundleNames
                .Rendered.Concat(DescriptionFiles.Write(folder, facts, plan, bundle.ReadRecords(plan), document))
                .Where(n => sums.GetValueOrDefault(n) != ChecksumList.PathFor(Path.Combine(folder, n)))
                .Select(n => new FileDamage(n, NotGiven)),
        ];
    }
}
