using System.Text;
using System.Text.Json.Nodes;
using Sat.Publishing.Bundles;
using Sat.Publishing.Privacy;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.SyntheticSweeps;
using static Sat.Publishing.Tests.MadeBundle;

namespace Sat.Publishing.Tests;

[TestClass]
public sealed class BundleTests
{
    [TestMethod]
    public void The_same_folder_gives_the_same_bytes_wherever_it_lies()
    {
        using var folder = new TemporaryFolder();
        var first = Make(folder, "first");
        var second = Make(folder, "second");
        CollectionAssert.AreEqual(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.IsEmpty(BundleVerifier.Verify(first, Tool).Wrong);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void One_changed_byte_of_any_file_is_found_and_the_file_named(int seed)
    {
        using var folder = new TemporaryFolder();
        var files = Contents(Make(folder, "sweep"));
        var random = new Random(seed);
        foreach (var name in files.Keys.Where(n => n != Manifest).ToArray())
        {
            var changed = files.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
            var bytes = changed[name] = [.. files[name]];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var wrong = BundleVerifier.Verify(Pack(folder, changed), Tool).Wrong;
            Assert.AreEqual(name, wrong.Single().File);
        }
        // A flip in the list itself shows in the list, or in the file that it then states wrongly.
        for (var i = 0; i < 20; i++)
        {
            var changed = files.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
            var bytes = changed[Manifest] = [.. files[Manifest]];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            Assert.IsNotEmpty(BundleVerifier.Verify(Pack(folder, changed), Tool).Wrong);
        }
    }

    [TestMethod]
    public void A_record_changed_with_its_seal_and_the_manifest_no_longer_gives_the_figures()
    {
        using var folder = new TemporaryFolder();
        var files = Contents(Make(folder, "sweep"));
        var name = files.Keys.First(n => n.EndsWith("/run.json", StringComparison.Ordinal));
        var record = SatJson.Read<RunRecord>(files[name]);
        var final = record.Final!.ToDictionary(f => f.Key, f => f.Value + 0.001, StringComparer.Ordinal);
        using (var sealedRecord = new MemoryStream())
        {
            SealedJson.Write(sealedRecord, record with { Final = final });
            files[name] = sealedRecord.ToArray();
        }
        Seal(files);
        var wrong = BundleVerifier.Verify(Pack(folder, files), Tool).Wrong;
        Assert.Contains("results.json", wrong.Select(w => w.File));
        Assert.Contains("report.html", wrong.Select(w => w.File));
    }

    [TestMethod]
    public void Another_version_compares_figures_and_not_pages()
    {
        using var folder = new TemporaryFolder();
        var bundle = Make(folder, "sweep");
        var check = BundleVerifier.Verify(bundle, "2.0.0");
        Assert.IsEmpty(check.Wrong);
        Assert.IsFalse(check.ArePagesChecked);
        Assert.AreEqual(Tool, check.MadeBy);
        Assert.AreEqual(12, check.Runs);

        var files = Contents(bundle);
        files["report.html"] = [.. files["report.html"], (byte)' '];
        Seal(files);
        Assert.IsEmpty(BundleVerifier.Verify(Pack(folder, files), "2.0.0").Wrong, "its words may be others");
        Assert.AreEqual("report.html", BundleVerifier.Verify(Pack(folder, files), Tool).Wrong.Single().File);

        var results = JsonNode.Parse(files["results.json"])!;
        var mean = results["cells"]![0]!["final"]!["test-accuracy"]!;
        mean["mean"] = (double)mean["mean"]! + 1e-6;
        files["results.json"] = Encoding.UTF8.GetBytes(results.ToJsonString());
        Seal(files);
        var wrong = BundleVerifier.Verify(Pack(folder, files), "2.0.0").Wrong.Single();
        Assert.AreEqual("results.json", wrong.File);
        Assert.Contains("cells[0].final.test-accuracy.mean", wrong.What);

        results = JsonNode.Parse(Contents(bundle)["results.json"])!;
        results["expectations"]![0]!["status"] = (string?)results["expectations"]![0]!["status"] == "met" ? "not-met" : "met";
        files["results.json"] = Encoding.UTF8.GetBytes(results.ToJsonString());
        Seal(files);
        Assert.Contains("expectations[0].status", BundleVerifier.Verify(Pack(folder, files), "2.0.0").Wrong.Single().What);
    }

    [TestMethod]
    public void A_later_layout_is_left_to_later_versions()
    {
        using var folder = new TemporaryFolder();
        var files = Contents(Make(folder, "sweep"));
        var facts = JsonNode.Parse(files["publication.json"])!;
        facts["schema"] = 2;
        files["publication.json"] = Encoding.UTF8.GetBytes(facts.ToJsonString());
        Seal(files);
        var path = Pack(folder, files);
        Assert.Contains("is of layout 2", Refused.With(ExitCode.Environment, () => BundleVerifier.Verify(path, Tool)));
    }

    [TestMethod]
    public void The_crate_names_every_file_every_run_and_whatever_it_refers_to()
    {
        using var folder = new TemporaryFolder();
        var files = Contents(Make(folder, "sweep"));
        var graph = JsonNode.Parse(files["ro-crate-metadata.json"])!["@graph"]!.AsArray().Select(e => e!.AsObject()).ToArray();
        var ids = graph.Select(e => (string)e["@id"]!).ToArray();
        CollectionAssert.AllItemsAreUnique(ids);
        var root = graph.Single(e => (string)e["@id"]! == "./");
        CollectionAssert.AreEquivalent(
            files.Keys.Where(n => n is not (Manifest or "ro-crate-metadata.json")).ToArray(),
            root["hasPart"]!.AsArray().Select(p => (string)p!["@id"]!).ToArray()
        );
        // One of the twelve runs was never begun.
        Assert.HasCount(11, graph.Where(e => (string)e["@type"]! == "CreateAction"));
        // Whatever is referred to is in the crate, but for the specifications it conforms to.
        foreach (var reference in graph.SelectMany(e => e.Select(m => m.Value)).SelectMany(References))
            Assert.IsTrue(ids.Contains(reference) || reference == "https://w3id.org/ro/crate/1.1", reference);
        foreach (var needed in new[] { "name", "description", "datePublished", "license" })
            Assert.IsNotNull(root[needed], needed);
    }

    [TestMethod]
    public void Datasets_plugins_and_methods_are_described()
    {
        using var folder = new TemporaryFolder();
        var about = About with { Answers = new Dictionary<string, string> { ["use"] = "For <b>reading</b> about noise." } };
        var files = Contents(Make(folder, "sweep", about: about));
        var dataset = JsonNode.Parse(files["datasets/cifar10.json"])!;
        Assert.AreEqual("http://mlcommons.org/croissant/1.0", (string?)dataset["conformsTo"]);
        Assert.AreEqual(new string('a', 64), (string?)dataset["distribution"]![0]!["sha256"]);
        var card = Encoding.UTF8.GetString(files["cards/gce.md"]);
        Assert.StartsWith("---\nlicense: \"cc-by-4.0\"\ndatasets: [\"cifar10\"]\nmetrics: [\"accuracy\"]\n", card);
        Assert.Contains(
            "- [x] What are the trained nets for, and what should they not be used for? For \\<b\\>reading\\</b\\> about noise.\n",
            card
        );
        Assert.Contains("- [ ] Could the results or what they lead to harm anybody? (`harm`)\n", card);
        var results = JsonNode.Parse(files["results.json"])!;
        var cell = results["cells"]!.AsArray().First(c => ((string)c!["method"]!).StartsWith("gce", StringComparison.Ordinal))!;
        var mean = (100 * (double)cell["final"]!["test-accuracy"]!["mean"]!).ToString(
            "0.00",
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Contains($"| {mean} ±", card);
        var record = SatJson.Read<RunRecord>(files.First(f => f.Key.EndsWith("/run.json", StringComparison.Ordinal)).Value);
        var plugins = JsonNode.Parse(files["plugins.json"])!["plugins"]!.AsArray();
        foreach (var (id, build) in record.Environment!.Plugins)
            Assert.IsTrue(plugins.Any(p => (string)p!["id"]! == id && (string)p["build"]! == build), id);
    }

    [TestMethod]
    public void The_report_of_a_bundle_is_that_of_its_folder()
    {
        using var folder = new TemporaryFolder();
        var files = Contents(Make(folder, "sweep"));
        var own = JsonNode.Parse(SatJson.WriteIndented(Sat.Reports.ReportWriter.Write(folder.At("sweep")).Document))!;
        var published = JsonNode.Parse(files["results.json"])!;
        // Machines have numbers for names, and a command with a folder's path is left out.
        foreach (var environment in own["environments"]!.AsArray().Concat(published["environments"]!.AsArray()))
            Assert.IsTrue(environment!["environment"]!.AsObject().Remove("machine"));
        foreach (var run in own["runs"]!.AsArray())
            run!.AsObject().Remove("command");
        Assert.AreEqual(CanonicalJson.Write(own), CanonicalJson.Write(published));
    }

    [TestMethod]
    public void Weights_logits_and_other_files_come_along_where_asked()
    {
        using var folder = new TemporaryFolder();
        Make(folder, "sweep", runs: 1);
        var run = Directory.GetDirectories(folder.At("sweep")).Single();
        File.WriteAllText(Path.Combine(run, "weights.safetensors"), "weights");
        File.WriteAllText(Path.Combine(run, "test-logits.npy"), "logits");
        File.WriteAllText(Path.Combine(run, "soft-targets.npy"), "targets");
        folder.Write("sat-plugins.lock.json", "{}");
        string[] Extra(BundleParts parts)
        {
            new BundleWriter(About, Tool) { Parts = parts, More = [folder.At("sat-plugins.lock.json")] }.Write(
                folder.At("sweep"),
                folder.At("b.zip")
            );
            Assert.IsEmpty(BundleVerifier.Verify(folder.At("b.zip"), Tool).Wrong);
            string[] known = ["weights.safetensors", "test-logits.npy", "soft-targets.npy"];
            return
            [
                .. Contents(folder.At("b.zip")).Keys.Select(k => Path.GetFileName(k)).Where(known.Contains).Order(StringComparer.Ordinal),
            ];
        }
        CollectionAssert.AreEqual(Array.Empty<string>(), Extra(BundleParts.None));
        CollectionAssert.AreEqual(new[] { "weights.safetensors" }, Extra(BundleParts.Weights));
        CollectionAssert.AreEqual(new[] { "soft-targets.npy", "test-logits.npy" }, Extra(BundleParts.Logits));
        Assert.AreEqual("{}", Encoding.UTF8.GetString(Contents(folder.At("b.zip"))["added/sat-plugins.lock.json"]));
        var missing = new BundleWriter(About, Tool) { More = [folder.At("none.json")] };
        Assert.Contains(
            "none.json, is not there",
            Refused.With(ExitCode.Planning, () => missing.Write(folder.At("sweep"), folder.At("c.zip")))
        );
    }

    [TestMethod]
    public void The_citation_and_the_checklist_say_who_and_what()
    {
        using var folder = new TemporaryFolder();
        var files = Contents(Make(folder, "sweep"));
        var citation = Encoding.UTF8.GetString(files["CITATION.cff"]);
        foreach (
            var line in new[]
            {
                "cff-version: \"1.2.0\"",
                "title: \"Label noise on CIFAR-10\"",
                "  - family-names: \"Lovelace\"",
                "    orcid: \"https://orcid.org/0000-0002-1825-0097\"",
                "license: \"CC-BY-4.0\"",
            }
        )
            Assert.Contains(line + "\n", citation);
        var checklist = Encoding.UTF8.GetString(files["CHECKLIST.md"]);
        Assert.Contains("- [x] 9 of 12 runs are done; 1 diverged; 1 interrupted.", checklist);
        Assert.Contains("- [ ] ", checklist);
    }

    [TestMethod]
    public void Machines_and_folders_are_left_out_and_private_texts_replaced_where_asked()
    {
        using var folder = new TemporaryFolder();
        SyntheticSweep.Write(folder.At("sweep"), runs: 3, epochs: 2);
        var plan = Plan.Read(folder.At("sweep"))!;
        (plan with { Study = plan.Study + "\n# by mara in /home/mara/photos\n" }).Write(folder.At("sweep"));
        PrivateValue[] secrets =
        [
            new("the home folder", "/home/mara"),
            new("the user's name", "mara"),
            new("the name of the machine", "node-0"),
        ];
        var writer = new BundleWriter(About, Tool) { Private = secrets };
        var refused = Assert.ThrowsExactly<SatException>(() => writer.Write(folder.At("sweep"), folder.At("bundle.zip")));
        Assert.AreEqual(ExitCode.Environment, refused.ExitCode);
        Assert.HasCount(
            4,
            refused.Problems,
            "two texts in the plan and its study; machine names of records are left out, so that they are no reason to refuse"
        );
        foreach (var what in new[] { "the home folder", "the user's name" })
            Assert.IsTrue(
                refused.Problems.Any(p => p.ToString().StartsWith($"plan.json:6: {what} ", StringComparison.Ordinal)),
                refused.Message
            );
        Assert.IsFalse(File.Exists(folder.At("bundle.zip")));

        new BundleWriter(About, Tool) { Private = secrets, Redacts = true }.Write(folder.At("sweep"), folder.At("bundle.zip"));
        Assert.IsEmpty(BundleVerifier.Verify(folder.At("bundle.zip"), Tool).Wrong);
        foreach (var (name, bytes) in Contents(folder.At("bundle.zip")))
            Assert.DoesNotContain("mara", Encoding.UTF8.GetString(bytes), name);
        Assert.Contains("(private)", Encoding.UTF8.GetString(Contents(folder.At("bundle.zip"))["publication.json"]));
    }

    private static IEnumerable<string> References(JsonNode? value) =>
        value switch
        {
            JsonObject { Count: 1 } one when one["@id"] is { } id => [(string)id!],
            JsonArray list => list.SelectMany(References),
            _ => [],
        };

    [TestMethod]
    public void A_file_that_is_missing_or_not_listed_is_named()
    {
        using var folder = new TemporaryFolder();
        var files = Contents(Make(folder, "sweep"));
        files.Remove("report.md");
        files["more.txt"] = [1];
        CollectionAssert.AreEquivalent(
            new[] { "report.md", "more.txt" },
            BundleVerifier.Verify(Pack(folder, files), Tool).Wrong.Select(w => w.File).ToArray()
        );
    }

    [TestMethod]
    [DataRow("../out.txt")]
    [DataRow("/tmp/out.txt")]
    [DataRow("a/../../out.txt")]
    [DataRow("..\\out.txt")]
    [DataRow("C:/out.txt")]
    public void A_name_that_leads_out_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var path = Pack(folder, new Dictionary<string, byte[]> { [name] = [1] });
        Assert.Contains(name, Refused.With(ExitCode.Environment, () => BundleVerifier.Verify(path, Tool)));
    }

    [TestMethod]
    [DataRow("plan.json", "plan.json/x")]
    [DataRow("a/b/c", "a/b")]
    public void A_file_that_another_needs_as_a_folder_is_refused(string first, string second)
    {
        using var folder = new TemporaryFolder();
        var path = Pack(folder, new Dictionary<string, byte[]> { [first] = [1], [second] = [1] });
        Assert.Contains($"{second}: another", Refused.With(ExitCode.Environment, () => BundleVerifier.Verify(path, Tool)));
    }

    [TestMethod]
    public void What_inflates_too_far_or_is_cut_off_or_is_no_bundle_is_refused()
    {
        using var folder = new TemporaryFolder();
        var bomb = Pack(folder, new Dictionary<string, byte[]> { ["zeros"] = new byte[1 << 20] });
        Assert.Contains("larger", Refused.With(ExitCode.Environment, () => BundleVerifier.Verify(bomb, Tool, mostBytes: 1 << 19)));
        Assert.Contains(Manifest, Refused.With(ExitCode.Environment, () => BundleVerifier.Verify(bomb, Tool)));
        var whole = File.ReadAllBytes(bomb);
        var cut = folder.Write("cut.zip", whole[..(whole.Length / 2)]);
        Assert.Contains("cut.zip", Refused.With(ExitCode.Environment, () => BundleVerifier.Verify(cut, Tool)));
        Assert.Contains("none.zip", Refused.With(ExitCode.Environment, () => BundleVerifier.Verify(folder.At("none.zip"), Tool)));
    }
}
