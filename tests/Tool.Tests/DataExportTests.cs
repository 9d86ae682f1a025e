using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Parquet;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>A dataset for other programs: what they read is what is trained on.</summary>
[TestClass]
public sealed class DataExportTests
{
    private static readonly string[] Origin =
    [
        "--licence",
        "CC0-1.0",
        "--url",
        "https://photos.example/pets",
        "--creator",
        "A. Person",
        "--creator",
        "B. Person",
        "--published",
        "2024-02-29",
    ];

    [TestMethod]
    public async Task What_is_exported_is_read_back_as_the_same_dataset_and_described_as_it_is()
    {
        using var workshop = new Workshop();
        workshop.WritePhotos(each: 6);
        string[] photos = ["image-folder", "--set", "dataset.path=photos", "--set", "dataset.size=8"];

        var export = await workshop.Sat(["data", "export", .. photos, "--to", "out", .. Origin]);

        Assert.AreEqual(ExitCode.Fine, export.ExitCode, export.Error);
        var folder = Path.Combine(workshop.Folder, "out");
        CollectionAssert.AreEquivalent(
            new[] { "train.parquet", "test.parquet", "croissant.json" },
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ToArray()
        );
        foreach (var part in new[] { "train", "test" })
            await Unpack(Path.Combine(folder, $"{part}.parquet"), workshop, part);
        var before = await workshop.Sat(["data", "show", .. photos, "--json"]);
        var after = await workshop.Sat("data", "show", "image-folder", "--set", "dataset.path=again", "--set", "dataset.size=8", "--json");
        JsonNode Splits(Outcome outcome) => JsonNode.Parse(outcome.Out)!["splits"]!;
        Assert.IsTrue(JsonNode.DeepEquals(Splits(before), Splits(after)), $"{before.Out}\n{after.Out}");

        var croissant = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "croissant.json")))!;
        Assert.AreEqual("https://spdx.org/licenses/CC0-1.0.html", (string?)croissant["license"]);
        Assert.IsEmpty(CroissantRules.Violated(croissant.AsObject()), string.Join('\n', CroissantRules.Violated(croissant.AsObject())));
        Assert.AreEqual("", export.Error);
        foreach (var lost in new[] { "license", "url", "creator", "datePublished", "description", "distribution", "conformsTo" })
        {
            var without = croissant.DeepClone().AsObject();
            without.Remove(lost);
            Assert.EndsWith(lost + "'", CroissantRules.Violated(without).Single(), "the rules tell");
        }
        foreach (var file in croissant["distribution"]!.AsArray())
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, (string)file!["contentUrl"]!));
            Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string)file["sha256"]!);
        }
        // Whatever is referred to is there: { "@id": ... } alone refers, with more beside it defines.
        var objects = Objects(croissant).ToArray();
        var defined = objects.Where(o => o.Count > 1 && o["@id"] is not null).Select(o => (string)o["@id"]!).ToHashSet();
        var wanted = objects.Where(o => o.Count == 1 && o["@id"] is not null).Select(o => (string)o["@id"]!).ToArray();
        Assert.IsNotEmpty(wanted);
        CollectionAssert.IsSubsetOf(wanted.Distinct().ToArray(), defined.ToArray());
        Assert.Contains("test/label", defined);
    }

    [TestMethod]
    public async Task What_only_its_owner_knows_is_asked_for()
    {
        using var workshop = new Workshop();
        string[] shapes = ["shapes", "--set", "dataset.train-samples=10", "--set", "dataset.test-samples=10", "--to", "out"];

        var export = await workshop.Sat(["data", "export", .. shapes, "--licence", "as my aunt says"]);

        Assert.AreEqual(ExitCode.Fine, export.ExitCode, export.Error);
        Assert.AreEqual(
            "note: before croissant.json is published, Croissant 1.0 requires what --url, --creator, --published add.\n",
            export.Error
        );
        var croissant = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "out", "croissant.json")))!;
        Assert.AreEqual("as my aunt says", (string?)croissant["license"]!["name"]);
        CollectionAssert.AreEqual(
            new[] { "url", "creator", "datePublished" }.Select(p => $"the dataset lacks 'https://schema.org/{p}'").ToArray(),
            CroissantRules.Violated(croissant.AsObject()).ToArray()
        );
        foreach (var (option, value) in new[] { ("--url", "here"), ("--published", "yesterday") })
            Told.InOneSentence(await workshop.Sat(["data", "export", .. shapes, option, value]), ExitCode.Planning, option, value);
    }

    [TestMethod]
    public async Task A_killed_export_leaves_no_part_under_its_name_and_can_be_made_again()
    {
        using var workshop = new Workshop();
        string[] export =
        [
            "data",
            "export",
            "shapes",
            "--set",
            "dataset.train-samples=200000",
            "--set",
            "dataset.test-samples=10",
            "--to",
            "out",
        ];
        var folder = Path.Combine(workshop.Folder, "out");
        using var killed = workshop.Start(export);
        await Wait.Until(() => killed.HasExited || (Directory.Exists(folder) && Directory.GetFiles(folder).Length > 0));
        killed.Kill();
        await killed.WaitForExitAsync();

        Assert.IsEmpty(Directory.GetFiles(folder, "*.parquet").Select(Path.GetFileName).Where(n => !n!.StartsWith('.')));
        Assert.IsFalse(File.Exists(Path.Combine(folder, "croissant.json")));
        Assert.IsNotEmpty(Directory.GetFiles(folder), "the kill came while it wrote");
        // Another export that is still at work has its file open.
        var held = Path.Combine(folder, ".test.parquet.1");
        using var atWork = File.Create(held);
        export[4] = "dataset.train-samples=10";
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat(export)).ExitCode);
        CollectionAssert.AreEquivalent(
            new[] { "train.parquet", "test.parquet", "croissant.json", Path.GetFileName(held) },
            Directory.GetFiles(folder).Select(Path.GetFileName).ToArray()
        );
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "mount is Linux's")]
    public async Task A_full_disk_ends_an_export_in_a_sentence_and_nothing_is_left()
    {
        using var workshop = new Workshop();
        var folder = Path.Combine(workshop.Folder, "small");
        using var mount = Mount.Disk(folder, 16);

        var outcome = await workshop.Sat("data", "export", "shapes", "--set", "dataset.train-samples=500", "--to", "small");

        Told.InOneSentence(outcome, ExitCode.Environment, "cannot write small", "the disk is full");
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder));
    }

    [TestMethod]
    public async Task An_export_that_fails_leaves_nothing_of_its_own()
    {
        using var workshop = new Workshop();
        workshop.Write("taken", "a file");
        var outcome = await workshop.Sat("data", "export", "shapes", "--set", "dataset.train-samples=20", "--to", "taken");
        Told.InOneSentence(outcome, ExitCode.Environment, "taken");
        Assert.AreEqual("a file", await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "taken")));
    }

    /// <summary>Writes the images of a part as a folder of classes.</summary>
    private static async Task Unpack(string file, Workshop workshop, string part)
    {
        string[] classes = ["cat", "dog"];
        await using var reader = await ParquetReader.CreateAsync(file);
        var fields = reader.Schema.GetDataFields();
        CollectionAssert.AreEqual(new[] { "index", "image", "label", "file" }, fields.Select(f => f.Name).ToArray());
        using var group = reader.OpenRowGroupReader(0);
        var rows = (int)group.RowCount;
        var (indices, images, labels, files) = (new long[rows], new byte[rows][], new long?[rows], new string[rows]);
        await group.ReadAsync<long>(fields[0], indices);
        await group.ReadAsync(fields[1], images);
        await group.ReadAsync<long>(fields[2], labels);
        await group.ReadAsync(fields[3], files);
        CollectionAssert.AreEqual(Enumerable.Range(0, rows).Select(i => (long)i).ToArray(), indices);
        for (var row = 0; row < rows; row++)
        {
            var label = classes[(int)labels[row]!];
            Assert.StartsWith($"{label}/", files[row]);
            var path = Path.Combine(workshop.Folder, "again", part, label, $"{row}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, images[row]);
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode node) =>
        node switch
        {
            JsonObject map => map.Where(p => p.Key != "@context" && p.Value is not null).SelectMany(p => Objects(p.Value!)).Prepend(map),
            JsonArray list => list.SelectMany(i => Objects(i!)),
            _ => [],
        };
}
