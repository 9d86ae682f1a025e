using System.Security.Cryptography;
using System.Text;
using Sat.Publishing.Bundles;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Reports.Merging;
using Sat.Reports.Rendering;
using Sat.Reports.Results;

namespace Sat.Publishing.Collections;

/// <summary>One report of several laboratories' bundles.</summary>
public static class MergedReport
{
    private const string Page = "merged.html",
        Json = "merged.json";

    /// <summary>Writes <c>merged.html</c> and <c>merged.json</c>.</summary>
    /// <param name="bundles">The bundles.</param>
    /// <param name="title">What the report is called.</param>
    /// <param name="folder">Where, made where missing.</param>
    /// <returns>What they say, and the page's path.</returns>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static (MergedDocument Document, string Page) Write(BundleSet bundles, string title, string folder)
    {
        ArgumentNullException.ThrowIfNull(bundles);
        var document = Merger.Merge([.. bundles.Bundles.Select(b => Contribution(b.Name, b.Bundle))]);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder, e, "make the folder");
        }
        AtomicFile.Write(Path.Combine(folder, Json), stream => SatJson.WriteIndented(stream, document));
        AtomicFile.Write(Path.Combine(folder, Page), stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            MergedPage.Write(document, title, text);
        });
        return (document, Path.Combine(folder, Page));
    }

    private static Contribution Contribution(string name, UnpackedBundle bundle)
    {
        var facts = bundle.ReadFacts();
        return new(
            name,
            facts.Publication.Title,
            string.Join(", ", facts.Publication.Authors.Select(a => a.Name)),
            SatJson.Read<ResultsDocument>(RegularFile.ReadAllBytes(Path.Combine(bundle.Folder, BundleNames.Results))),
            bundle
                .ReadRecords(bundle.ReadPlan())
                .Where(r => r.Status == RunStatus.Done)
                .ToDictionary(r => r.Id, Outcome, StringComparer.Ordinal)
        );
    }

    /// <summary>A digest of what a run left. Records of before checksums were kept have their final metrics.</summary>
    private static string Outcome(RunRecord record) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    record.Outputs.Count > 0
                        ? ChecksumList.Text(record.Outputs)
                        : CanonicalJson.Write(SatJson.ToNode(record.Final ?? new Dictionary<string, double>()))
                )
            )
        );
}
