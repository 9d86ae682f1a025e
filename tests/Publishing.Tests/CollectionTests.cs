using System.Text.Json.Nodes;
using Sat.Publishing.Bundles;
using Sat.Publishing.Collections;
using Sat.Publishing.Descriptions;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Statistics;
using Sat.Reports.Claims;

namespace Sat.Publishing.Tests;

[TestClass]
public sealed class CollectionTests
{
    private static readonly Publication Second = Publication.Parse(
        "title: Seen elsewhere\nlicence: MIT\nauthors:\n  - { given-names: Grace, family-names: Hopper }\n",
        "about.yaml"
    );

    [TestMethod]
    public void Laboratories_are_summed_up_cell_by_cell()
    {
        using var folder = new TemporaryFolder();
        var first = MadeBundle.Make(folder, "first", runs: 10);
        // The second repeats two runs to the bit, and made the others on a machine that rounds otherwise.
        MadeBundle.Make(folder, "second", runs: 10);
        RunRecord[] others = [.. Records(folder.At("second")).Where(r => r.Status == RunStatus.Done).Skip(2)];
        foreach (var record in others)
        {
            var run = RunFolder.For(folder.At("second"), record.Id);
            var final = record.Final!.ToDictionary(f => f.Key, f => f.Key == "test-accuracy" ? f.Value + 0.01 : f.Value);
            run.WriteRecord(record with { Final = final });
            // A record that says other than its metrics would be taken for damaged.
            var lines = File.ReadAllLines(run.MetricsFile);
            var last = JsonNode.Parse(lines[^1])!.AsObject();
            last["values"]!["test-accuracy"] = final["test-accuracy"];
            File.WriteAllLines(run.MetricsFile, [.. lines[..^1], last.ToJsonString()]);
        }
        var second = MadeBundle.Make(folder, "second", about: Second);

        using var set = BundleSet.Open([first, second], MadeBundle.Tool);
        var (document, page) = MergedReport.Write(set, "Two <laboratories>", folder.At("merged"));
        Assert.AreEqual("Grace Hopper", document.Contributions[1].Authors);
        Assert.AreEqual(2, document.Contributions[1].Repeated);
        CollectionAssert.AreEquivalent(others.Select(r => r.Id).ToArray(), document.Conflicts.Select(c => c.Run).ToArray());
        foreach (var conflict in document.Conflicts)
            Assert.AreEqual(0.01, conflict.Values["second"]!.Value - conflict.Values["first"]!.Value, 1e-12);

        // Recomputed from the records.
        var cell = document.Cells.First(c => c.Pooled is not null);
        var parts = new[] { ("first", Records(folder.At("first"))), ("second", others) }
            .Select(lab =>
                Statistic.From(
                    lab.Item2.Where(r => r.Status == RunStatus.Done && r.Spec.CellId() == cell.Id).Select(r => Final(folder, lab.Item1, r))
                )!
            )
            .ToArray();
        var expected = RandomEffects.From([.. parts.Select(p => (p.Mean, p.StandardError()!.Value))])!;
        Assert.AreEqual(expected.Estimate, cell.Pooled!.Effects.Estimate, 1e-12);
        Assert.AreEqual(expected.Estimate - expected.HalfInterval(), cell.Pooled.Low, 1e-12);

        var html = File.ReadAllText(page);
        Assert.Contains("Two &lt;laboratories&gt;", html);
        Assert.Contains("Grace Hopper", html);
        Assert.IsNotNull(JsonNode.Parse(File.ReadAllText(folder.At("merged/merged.json"))));
    }

    [TestMethod]
    public void A_site_has_every_report_archive_and_claim_and_replaces_only_itself()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [MadeBundle.Make(folder, "first", runs: 30), MadeBundle.Make(folder, "second", runs: 30, about: Second)];
        using var set = BundleSet.Open(paths, MadeBundle.Tool);
        var (index, count) = BundleSite.Write(set, paths, "Site", folder.At("site"));
        var claims = SatJson.Read<Claim[]>(File.ReadAllBytes(folder.At("site/claims.json")));
        Assert.HasCount(count, claims);
        Assert.IsTrue(claims.Any(c => c.Published is not null) && claims.Any(c => c.Source is null));
        foreach (var claim in claims)
            Assert.AreEqual(
                CanonicalJson.Write(SatJson.ToNode(claim)),
                CanonicalJson.Write(SatJson.ToNode(SatJson.Read<Claim>(File.ReadAllBytes(folder.At($"site/claims/{claim.Id}.json")))))
            );
        foreach (var link in Links(File.ReadAllText(index)))
            Assert.IsTrue(File.Exists(Path.Combine(folder.At("site"), Uri.UnescapeDataString(link))), link);
        CollectionAssert.AreEqual(File.ReadAllBytes(paths[1]), File.ReadAllBytes(folder.At("site/bundles/second.zip")));

        // Again, with less: nothing of the first is left, and what others put there or beside it stays.
        folder.Write("site/CNAME", "results.example.org");
        folder.Write("site.new/notes.txt", "mine");
        using (var one = BundleSet.Open(paths[..1], MadeBundle.Tool))
            BundleSite.Write(one, paths[..1], "Site", folder.At("site"));
        Assert.IsFalse(File.Exists(folder.At("site/bundles/second.zip")));
        Assert.AreEqual("results.example.org", File.ReadAllText(folder.At("site/CNAME")));
        Assert.AreEqual("mine", File.ReadAllText(folder.At("site.new/notes.txt")));
        Assert.IsEmpty(Directory.GetDirectories(folder.At("site"), ".sat-site-*"));
        folder.Write("mine/notes.txt", "mine");
        Assert.Contains("is not empty", Refused.With(ExitCode.Planning, () => BundleSite.Write(set, paths, "Site", folder.At("mine"))));
        Assert.AreEqual("mine", File.ReadAllText(folder.At("mine/notes.txt")));
    }

    [TestMethod]
    public void Two_of_one_name_or_one_that_is_not_as_published_are_refused()
    {
        using var folder = new TemporaryFolder();
        var good = MadeBundle.Make(folder, "good", runs: 1);
        Directory.CreateDirectory(folder.At("more"));
        File.Copy(good, folder.At("more/Good.zip"));
        Assert.Contains(
            "have one name",
            Refused.With(ExitCode.Planning, () => BundleSet.Open([good, folder.At("more/Good.zip")], MadeBundle.Tool))
        );
        var files = MadeBundle.Contents(good);
        files["report.md"] = [.. files["report.md"], (byte)'!'];
        var bad = MadeBundle.Pack(folder, files, "bad.zip");
        Assert.Contains(
            "bad.zip is not as published: report.md",
            Refused.With(ExitCode.Environment, () => BundleSet.Open([good, bad], MadeBundle.Tool))
        );
    }

    [TestMethod]
    public void Cells_to_repeat_are_drawn_without_replacement_from_finished_runs()
    {
        using var folder = new TemporaryFolder();
        MadeBundle.Make(folder, "sweep");
        var records = Records(folder.At("sweep"));
        var cells = records.Where(r => r.Status == RunStatus.Done).Select(r => r.Spec.CellId()).Distinct().Count();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 200; seed++)
        {
            var drawn = RerunDraw.Cells(records, cells + 5, new Random(seed));
            Assert.HasCount(cells, drawn);
            CollectionAssert.AllItemsAreUnique(drawn.Select(r => r.Spec.CellId()).ToArray());
            seen.UnionWith(drawn.Select(r => r.Id));
        }
        CollectionAssert.AreEquivalent(
            records.Where(r => r.Status == RunStatus.Done).Select(r => r.Id).ToArray(),
            seen.ToArray(),
            "every seed can be drawn"
        );
        var named = records.First(r => r.Status == RunStatus.Done);
        Assert.AreEqual(named.Id, RerunDraw.Named(records, [named.Id[..12], named.Id]).Single().Id);
        var open = records.First(r => r.Status != RunStatus.Done);
        Assert.Contains("cannot be made again", Refused.With(ExitCode.Planning, () => RerunDraw.Named(records, [open.Id[..12]])));
        Assert.Contains("0 runs of the bundle begin with 'zz'", Refused.With(ExitCode.Planning, () => RerunDraw.Named(records, ["zz"])));
    }

    private static RunRecord[] Records(string folder) =>
        [.. Plan.Read(folder)!.Runs.Select(r => RunFolder.For(folder, r.Id).ReadRecord()).OfType<RunRecord>()];

    private static double Final(TemporaryFolder folder, string lab, RunRecord record) =>
        RunFolder.For(folder.At(lab), record.Id).ReadRecord()!.Final!["test-accuracy"];

    private static IEnumerable<string> Links(string html) =>
        html.Split("href=\"")
            .Skip(1)
            .Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)])
            .Where(link => !link.StartsWith('#'));
}
