using System.IO.Compression;
using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Noise.Tests;

[TestClass]
public sealed class LabelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Labels_come_from_the_file_whatever_their_type()
    {
        var labels = Noises.Labels(20, 10);

        CollectionAssert.AreEqual(labels, Read(Noises.Save<long>(_folder.Path, labels)));
        CollectionAssert.AreEqual(labels, Read(Noises.Save<int>(_folder.Path, [.. labels.Select(l => (int)l)])));
        CollectionAssert.AreEqual(labels, Read(Noises.Save<byte>(_folder.Path, [.. labels.Select(l => (byte)l)], 20, 1)));
        CollectionAssert.AreEqual(labels, Read(Noises.Save<float>(_folder.Path, [.. labels.Select(l => (float)l)])));
        CollectionAssert.AreEqual(labels, Read(Noises.Save<double>(_folder.Path, [.. labels.Select(l => (double)l)], 20, 1)));
    }

    [TestMethod]
    public void A_file_for_the_whole_training_set_serves_its_first_samples()
    {
        var labels = Noises.Labels(50, 10);
        CollectionAssert.AreEqual(
            labels[..20],
            Noises.NoisyLabels("from-file", [], new long[20], Noises.Cifar10, seed: 1, Noises.Save<long>(_folder.Path, labels), whole: 50)
        );
    }

    [TestMethod]
    public void A_file_that_does_not_fit_is_refused_with_its_name_and_what_is_wrong()
    {
        Refused(Noises.Save<long>(_folder.Path, Noises.Labels(19, 10)), "19 labels", "20 samples");
        Refused(Noises.Save<long>(_folder.Path, [.. Noises.Labels(19, 10), 10]), "element 19 is 10", "0 to 9");
        Refused(Noises.Save<long>(_folder.Path, [-1, .. Noises.Labels(19, 10)]), "element 0 is -1");
        Refused(Noises.Save<float>(_folder.Path, [.. new float[19], 0.5f]), "float32, not integers: element 19 is 0.5");
        Refused(Noises.Save<double>(_folder.Path, [double.NaN, .. new double[19]]), "float64, not integers: element 0 is NaN");
        Refused(Noises.Save<long>(_folder.Path, Noises.Labels(20, 10), 4, 5), "[4, 5]");
        Refused(Text("label\n1\n2\n"), "2 labels", "20 samples");
    }

    /// <summary>The same labels in every form that annotators' tools write.</summary>
    [TestMethod]
    public void Labels_are_read_in_every_form_that_they_come_in()
    {
        var labels = Noises.Labels(20, 10);
        string Lines(Func<long, string> line, string end = "\n") => string.Concat(labels.Select(l => line(l) + end));
        string Rows(IEnumerable<int> order, Func<int, long, string> row) => string.Concat(order.Select(i => row(i, labels[i]) + "\n"));
        var scattered = Enumerable.Range(0, 20).OrderBy(i => i * 7 % 20).ToArray();
        foreach (
            var (form, text, column) in new (string, string, string?)[]
            {
                ("a text", Lines(l => $"{l}"), null),
                ("Windows' lines, blanks and none at the end", Lines(l => $" {l} ", "\r\n") + "\r\n\r\n", null),
                ("an old Mac's lines", Lines(l => $"{l}", "\r"), null),
                ("an old Mac's table", "index,label\r" + Rows(scattered, (i, l) => $"{i},{l}").Replace('\n', '\r'), null),
                ("numpy.savetxt", "# labels\n" + Lines(l => $"{l}.000000000000000000e+00"), null),
                ("one column with a name", "noisy\n" + Lines(l => $"{l}"), "noisy"),
                ("a known name", "Labels\n" + Lines(l => $"{l}"), null),
                ("JSON rows", $"[{string.Join(",\n", scattered.Select(i => $$"""{"index": {{i}}, "label": {{labels[i]}}}"""))}]", null),
                ("names", Lines(l => Noises.Cifar10[l]), null),
                ("index,label", "index,label\n" + Rows(Enumerable.Range(0, 20), (i, l) => $"{i},{l}"), null),
                ("rows in another order", "Index;Label\n" + Rows(scattered, (i, l) => $"{i};{l}"), null),
                (
                    "a spreadsheet",
                    "\ufefflabel,who,index\n" + Rows(scattered, (i, l) => $"\"{Noises.Cifar10[l]}\",\"Ann, \"\"B\"\"\",{i}"),
                    null
                ),
                ("a column of several", "by\tann\tbob\n" + Rows(Enumerable.Range(0, 20), (_, l) => $"hand\t9\t{l}"), "bob"),
                ("JSON", $"[{string.Join(",\n ", labels)}]", null),
                ("JSON with names", $"[\"{string.Join("\",\"", labels.Select(l => Noises.Cifar10[l]))}\"]", null),
                ("a JSON object", $$"""{"by": "Ann", "labels": [{{string.Join(',', labels)}}]}""", null),
                ("a property of several", $$"""{"ann": [1], "bob": [{{string.Join(',', labels)}}]}""", "bob"),
            }
        )
            CollectionAssert.AreEqual(labels, Read(Text(text), column), form);
        File.WriteAllText(Path.Combine(_folder.Path, "saved.npy"), Lines(l => $"{l}"), System.Text.Encoding.Unicode);
        CollectionAssert.AreEqual(labels, Read(DataFiles.At("noise", Path.Combine(_folder.Path, "saved.npy"))), "UTF-16");

        CollectionAssert.AreEqual(labels, Read(Archive(("labels", labels))));
        CollectionAssert.AreEqual(labels, Read(Archive(("ann", new long[3]), ("bob", labels)), "bob"));
        CollectionAssert.AreEqual(labels, Read(Archive(("label", labels), ("bob", new long[3]))));
        Refused(Archive(("ann", new long[3]), ("bob", labels)), "2 arrays", "ann, bob", "'column'");
        var (backwards, last) = (labels.Reverse().ToArray(), Enumerable.Range(0, 20).Select(i => 19L - i).ToArray());
        CollectionAssert.AreEqual(labels, Read(Archive(("y", backwards), ("index", last))));
        Refused(Archive(("y", labels), ("index", last[..19])), "'index' has 19 elements", "'y' has 20");
        Refused(Archive(("y", labels), ("index", [.. last[..19], 19])), "the index 19 is already in element 0");
        Refused(Archive(("data.pkl", labels)), "torch.save");
    }

    [TestMethod]
    public void Labels_that_Python_pickled_are_read_by_the_names_of_their_arrays()
    {
        var fixture = HumanLabelsFixture.Read;
        foreach (var name in new[] { "ten.pt", "ten-old.pt", "ten-tensors.pt" })
        {
            var file = fixture.Save(_folder, name);
            CollectionAssert.AreEqual(fixture.Ten["worse_label"], Pickled(file, 40, "worse_label"), name);
            var error = Assert.ThrowsExactly<SatException>(() => Pickled(file, 40));
            Assert.Contains("choose one with 'column': clean_label, aggre_label", error.Message);
        }
        CollectionAssert.AreEqual(
            fixture.Hundred["noisy_coarse_label"].Where(l => l < 10).ToArray(),
            Pickled(Saved(("label", fixture.Hundred["noisy_coarse_label"].Where(l => l < 10).Select(l => (int)l))), null)
        );
        CollectionAssert.AreEqual(new[] { 3L, 5, 8 }, Pickled(Saved(("by", "Ann"), ("labels", new[] { "cat", "dog", "ship" })), 3));
        CollectionAssert.AreEqual(
            new[] { 8L, 5, 3 },
            Pickled(Saved(("labels", new[] { "cat", "dog", "ship" }), ("index", new[] { 2, 1, 0 })), 3)
        );
        Refused(Saved(("by", "Ann")), "a Python dictionary without a list");
        Refused(Text("cos\nsystem\n(Vecho\ntR."), "saved.npy");
        File.WriteAllBytes(Path.Combine(_folder.Path, "saved.npy"), [0x80, 4, .. "cos\nsystem\n(Vecho\ntR."u8]);
        Refused(DataFiles.At("noise", Path.Combine(_folder.Path, "saved.npy")), "'os.system'", "could run code");

        DataFiles Saved(params (string, object)[] entries) =>
            DataFiles.At("noise", _folder.Write("saved.npy", Pickles.Dictionary(entries)));
        static long[] Pickled(DataFiles file, int? samples, string? column = null) =>
            Noises.NoisyLabels(
                "from-file",
                column is null ? [] : new() { ["column"] = column },
                new long[samples ?? HumanLabelsFixture.Read.Hundred["noisy_coarse_label"].Count(l => l < 10)],
                Noises.Cifar10,
                seed: 1,
                file
            );
    }

    [TestMethod]
    public void What_is_wrong_with_a_text_is_told_by_its_line()
    {
        var good = string.Concat(Enumerable.Repeat("1\n", 18));
        Refused(Text(good + "10\n1\n"), "line 19 is 10", "0 to 9");
        Refused(Text(good + "-1\n1\n"), "line 19 is -1");
        Refused(Text(good + "1.5\n1\n"), "line 19 is '1.5'");
        Refused(Text(good + "dogg\n1\n"), "line 19 is 'dogg'", "'dog'");
        Refused(Text("index,label\n0,1\n0,2\n"), "line 3: the index 0 is already in line 2");
        Refused(Text("index,label\n0,1\n7,2\n"), "18 of 20 training samples are not in it: 1, 2, 3, ...", "'partial'");
        Refused(Text("index,label\n0,1\n20,2\n"), "line 3: the index is '20'", "0 to 19");
        Refused(Text("dogg\n" + good + "1\n1\n"), "line 1 is 'dogg'", "'dog'", "'column'");
        Refused(Text("index,label\n0,1\n1\n"), "line 3 has 1 column, but the first line has 2");
        Refused(Text("0,1\n1,2\n"), "line 1: it has 2 columns without names");
        Refused(Text("index,ann,bob\n0,1,1\n"), "no column 'label'", "index, ann, bob", "'column'");
        Refused(Text("0 1 2"), "line 1 is '0 1 2'");
        Refused(Text("[1,\n 2,\n 30]"), "line 3: element 2 is 30");
        Refused(Text("[1,\n 2,\n true]"), "line 3: element 2 is neither a number");
        Refused(Text("[1,\n 2"), "line 2", "JSON");
        Refused(Text("{\"a\": 1}"), "no array of them");
        Refused(Text(""), "it is empty");
        Refused(Text("<!doctype html><html>log in</html>"), "HTML page");
        Refused(Text("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"), "Git LFS pointer");
        Refused(Text("\u0001\u0002binary"), "neither text nor a NumPy array");
    }

    /// <summary>Nothing that says, or may say, which sample a label is for is passed over.</summary>
    [TestMethod]
    public void Labels_in_another_order_are_put_in_order_or_refused()
    {
        var labels = Noises.Labels(20, 10);
        var backwards = labels.Reverse().ToArray();
        var last = Enumerable.Range(0, 20).Select(i => 19L - i).ToArray();
        string Array(IEnumerable<long> values) => $"[{string.Join(',', values)}]";

        CollectionAssert.AreEqual(labels, Read(Text($$"""{"clean": {{Array(backwards)}}, "label": {{Array(labels)}}}""")));
        CollectionAssert.AreEqual(labels, Read(Text($$"""{"index": {{Array(last)}}, "y": {{Array(backwards)}}, "by": "Ann"}""")));
        Refused(Text($$"""{"clean": {{Array(backwards)}}, "noisy": {{Array(labels)}}}"""), "2 JSON arrays", "clean, noisy", "'column'");
        Refused(Text($$"""{"id": {{Array(last)}}, "label": {{Array(backwards)}}}"""), "'id' has a value of its own for each label");
        Refused(Text("""[{"label": 1}, {"index": 0, "label": 2}]"""), "element 1 has 'index', which the first has not");
        Refused(Archive(("label", backwards), ("id", last)), "'id' has a value of its own for each label");
        CollectionAssert.AreEqual(labels, Read(Archive(("label", labels), ("id", [.. last.Reverse()]))));
        double[] floats = [.. last.Select(i => (double)i)];
        Refused(Archive<double>(("label", [.. backwards.Select(l => (double)l)]), ("id", floats)), "'id' has a value of its own");
        CollectionAssert.AreEqual(labels, Read(Archive<double>(("label", [.. backwards.Select(l => (double)l)]), ("index", floats))));
        double[] confidence = [.. last.Select(i => i + 0.5)];
        CollectionAssert.AreEqual(labels, Read(Archive<double>(("label", [.. labels.Select(l => (double)l)]), ("confidence", confidence))));
        var rows = string.Concat(last.Select((id, i) => $"{id}.0,{backwards[i]}\n"));
        Refused(Text("id,label\n" + rows), "'id' has a value of its own for each label");

        string[] files = ["train/a/0.png", "train/a/1.png", "train/b/0.png"];
        RefusedByFile("filename,label\n0.png,1\n1.png,2\n0.png,3\n", files, "'filename' names files of samples", "'train/a/0.png'");
        RefusedByFile("file,label\n./train/a/0.png,1\n", files, "no training sample", "names such as 'train/a/0.png'");
    }

    [TestMethod]
    public void A_file_of_another_program_is_called_what_it_is()
    {
        var labels = Noises.Labels(20, 10);
        CollectionAssert.AreEqual(labels, Read(Text("sep=;\r\nindex;label\r\n" + string.Concat(labels.Select((l, i) => $"{i};{l}\r\n")))));
        File.WriteAllBytes(Path.Combine(_folder.Path, "saved.npy"), System.Text.Encoding.Latin1.GetBytes("caf\u00e9\n1\n"));
        Refused(DataFiles.At("noise", Path.Combine(_folder.Path, "saved.npy")), "not in UTF-8", "CSV UTF-8");
        foreach (var (entry, said) in new[] { ("xl/workbook.xml", "Excel workbook"), ("labels.csv", "ZIP archive") })
        {
            using (var zip = new ZipArchive(File.Create(Path.Combine(_folder.Path, "saved.npy")), ZipArchiveMode.Create))
                zip.CreateEntry(entry);
            Refused(DataFiles.At("noise", Path.Combine(_folder.Path, "saved.npy")), said);
        }
    }

    [TestMethod]
    public void A_row_names_its_sample_by_the_file_as_labels_csv_prints_it()
    {
        IReadOnlyList<string>[] named =
        [
            ["train/a/1.png", "train/a/caf\u00e9.png", "=b/2.png"],
            new FilePositions([("data_batch_1.bin", 2), ("data_batch_2.bin", 1)]),
        ];
        foreach (var files in named)
        {
            var csv = Csv.Write(
                ["index", "file", "given", "label"],
                new[] { 2, 0, 1 }.Select(i => (IEnumerable<object?>)[9, files[i], "cat", Noises.Cifar10[i + 3]])
            );
            CollectionAssert.AreEqual(new long[] { 3, 4, 5 }, ByFile(csv.Normalize(System.Text.NormalizationForm.FormD), files));
            var json = new JsonArray([
                .. Enumerable.Range(0, 3).Reverse().Select(i => new JsonObject { ["file"] = Csv.Text(files[i]), ["label"] = i + 3 }),
            ]);
            CollectionAssert.AreEqual(new long[] { 3, 4, 5 }, ByFile(json.ToJsonString(), files));
        }
        RefusedByFile(
            "file,label\nx.png,1\ny.png,1\ntrain/a/1.png,2\n",
            named[0],
            "2 of 3 rows name a file that is no training sample",
            "line 2 ('x.png'), line 3 ('y.png')"
        );
        RefusedByFile("file,label\ntrain/a/1.png,1\ntrain/a/1.png,2\n", named[0], "line 3: the file train/a/1.png is already in line 2");
        RefusedByFile(
            "file,label\ntrain/a/1.png,1\n",
            named[0],
            "2 of 3 training samples are not in it: 1 (train/a/caf\u00e9.png), 2 (=b/2.png)",
            "'partial'"
        );
        RefusedByFile("""[{"file": "train/a/1.png", "label": 1}, {"label": 2}]""", named[0], "element 1 has no 'file'");
    }

    [TestMethod]
    [DataRow("filename,label\nc.png,1\nb.png,2\na.png,3\n", "'filename'")]
    [DataRow("id,label\n2,1\n1,2\n0,3\n", "'id'")]
    [DataRow(",label\n0,1\n2,2\n1,3\n", "''")]
    public void Rows_with_a_key_that_is_not_known_are_not_taken_in_their_order(string text, string column) =>
        RefusedByFile(text, ["a.png", "b.png", "c.png"], column, "'file' and 'index'");

    [TestMethod]
    [DataRow(",label\n0,1\n1,2\n2,3\n")]
    [DataRow("row,label\n1,1\n2,2\n3,3\n")]
    [DataRow("label,confidence\n1,0.25\n2,0.5\n3,0.75\n")]
    [DataRow("ann,label,bob\n1,1,4\n1,2,4\n1,3,4\n")]
    public void Other_columns_are_left_alone(string text) =>
        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, ByFile(text, ["a.png", "b.png", "c.png"]));

    [TestMethod]
    public void Two_columns_of_the_name_are_refused()
    {
        RefusedByFile("index,label,Label\n0,1,2\n", ["a.png", "b.png", "c.png"], "2 columns 'label'");
        Refused(Archive(("labels", new long[20]), ("labels", Noises.Labels(20, 10))), "2 ");
        RefusedByFile("file,FILE,label\na.png,b.png,2\n", ["a.png", "b.png", "c.png"], "2 columns 'file'");
    }

    [TestMethod]
    public void Rows_that_name_some_samples_change_these_alone_where_that_is_meant()
    {
        CollectionAssert.AreEqual(
            new long[] { 7, 7, 4 },
            ByFile(
                "index,file,given,proposed\n2,c.png,horse,deer\n",
                ["a.png", "b.png", "c.png"],
                new() { ["partial"] = true, ["column"] = "proposed" }
            )
        );
        CollectionAssert.AreEqual(new long[] { 7, 3, 7 }, ByFile("index,label\n1,3\n", null, new() { ["partial"] = true }));
    }

    [TestMethod]
    [DataRow("<U4")]
    [DataRow("|S4")]
    public void Names_of_classes_are_read_from_NumPy_files(string type)
    {
        // numpy.save of np.array(["cat", "ship", "bird"], dtype=type), padded with NUL.
        var encoding = type == "|S4" ? System.Text.Encoding.ASCII : System.Text.Encoding.UTF32;
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': (3,), }}";
        header += new string(' ', 64 - (10 + header.Length + 1) % 64) + "\n";
        byte[] bytes =
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            (byte)header.Length,
            (byte)(header.Length >> 8),
            .. System.Text.Encoding.ASCII.GetBytes(header),
            .. encoding.GetBytes("cat\0shipbird"),
        ];
        File.WriteAllBytes(Path.Combine(_folder.Path, "saved.npy"), bytes);
        CollectionAssert.AreEqual(
            new long[] { 3, 8, 2 },
            Noises.NoisyLabels(
                "from-file",
                [],
                new long[3],
                Noises.Cifar10,
                seed: 1,
                DataFiles.At("noise", Path.Combine(_folder.Path, "saved.npy"))
            )
        );

        bytes[^encoding.GetByteCount("bird")] = (byte)'x';
        File.WriteAllBytes(Path.Combine(_folder.Path, "saved.npy"), bytes);
        Refused(DataFiles.At("noise", Path.Combine(_folder.Path, "saved.npy")), "element 2 is 'xird'", "'bird'");
    }

    /// <summary>Folders 0 to 11 in byte order: '10' is class 2, '2' is class 4.</summary>
    private static readonly string[] ByteOrder = ["0", "1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9"];

    [TestMethod]
    [DataRow("index,label\n0,10\n1,2\n2,0\n")]
    [DataRow("10\n2\n0\n")]
    [DataRow("index,label\n2,0\n0,\"10\"\n1,2.0\n", "values", "numbers", 10, 2, 0)]
    [DataRow("[\"10\", \"2\", \"0\"]")]
    [DataRow("[10, 2, 0]", "values", "names")]
    [DataRow("[10, 2, 0]", "values", "numbers", 10, 2, 0)]
    public void Classes_named_by_numbers_are_read_by_their_names(
        string text,
        string? option = null,
        string? value = null,
        int first = 2,
        int second = 4,
        int third = 0
    ) =>
        CollectionAssert.AreEqual(
            new long[] { first, second, third },
            Of(ByteOrder, Text(text), option is null ? [] : new() { [option] = value })
        );

    [TestMethod]
    [DataRow("[10, 2, 0]", "line 1: element 0 is 10", "'values: numbers'")]
    [DataRow("[{\"index\": 0, \"label\": 10}]", "element 0 is 10", "'values: names'")]
    [DataRow("index,label\n0,10\n1,2.0\n2,0\n", "line 3 is 2.0", "named by numbers")]
    [DataRow("10\n12\n0\n", "line 2 is 12", "0 to 11")]
    public void A_value_that_could_be_a_name_or_a_number_is_refused(string text, params string[] said)
    {
        var error = Assert.ThrowsExactly<SatException>(() => Of(ByteOrder, Text(text)));
        foreach (var part in said)
            Assert.Contains(part, error.Message);
    }

    [TestMethod]
    public void An_array_of_integers_has_class_numbers_unless_they_are_said_to_be_names()
    {
        var file = Noises.Save<long>(_folder.Path, [10, 2, 0]);
        CollectionAssert.AreEqual(new long[] { 10, 2, 0 }, Of(ByteOrder, file));
        CollectionAssert.AreEqual(new long[] { 2, 4, 0 }, Of(ByteOrder, file, new() { ["values"] = "names" }));
        // Names that are no class's number leave no doubt.
        CollectionAssert.AreEqual(new long[] { 0, 1, 0 }, Of(["3", "1"], Text("3\n1\n0\n")));
        CollectionAssert.AreEqual(new long[] { 1, 0, 1 }, Of(["cat", "2024"], Text("[1, 0, \"2024\"]")));
    }

    /// <summary>Names that readers of tables trip over come back as the classes that they were written for.</summary>
    [TestMethod]
    public void Every_name_of_a_class_that_labels_csv_writes_is_read_back()
    {
        string[] classes =
        [
            "a",
            "a ",
            " a",
            "\ta",
            "file",
            "index",
            "label",
            "#1",
            "two\nlines",
            "Windows'\r\nlines",
            "old\u2028break",
            "quoted \"b\"",
            "x, y",
            "10",
            "=1+1",
            "+",
            "\u00e9",
            "",
        ];
        string[] files = [.. classes.Select((_, i) => $"#{i}.png")];
        var labels = Enumerable.Range(0, classes.Length).Select(i => (long)i).Reverse().ToArray();
        var rows = Enumerable.Range(0, labels.Length);
        foreach (
            var text in new[]
            {
                Csv.Write(["index", "file", "label"], rows.Select(i => (IEnumerable<object?>)[i, files[i], classes[labels[i]]]), "\n"),
                Csv.Write(["file", "label"], rows.Select(i => (IEnumerable<object?>)[files[i], classes[labels[i]]])),
                Csv.Write(["label", "index"], rows.Select(i => (IEnumerable<object?>)[classes[labels[i]], i])),
            }
        )
            CollectionAssert.AreEqual(labels, Of(classes, Text(text), files: files), text);

        // A list of names alone: its first line may be a heading, or the class of that name.
        CollectionAssert.AreEqual(new long[] { 1, 0, 2 }, Of(["file", "label", "#1"], Text("label\nfile\n#1\n")));
        CollectionAssert.AreEqual(new long[] { 1, 0, 2 }, Of(["file", "label", "#1"], Text("# by Ann\nlabel\nlabel\nfile\n#1\n")));
    }

    [TestMethod]
    [DataRow("index,label\n0,\"3\"x\n", "line 2: 'x' follows a quoted cell")]
    [DataRow("index,label\n0,\"3\n1,4\n", "line 2: a quote is not closed")]
    [DataRow("index,label\n0,\"a\nb\"\n1,7x\n", "line 2 is 'a\nb'")]
    [DataRow("[1, 2]\n[3]", "line 2: it is not well-formed JSON")]
    public void A_file_that_is_not_well_formed_is_refused(string text, string said) => Refused(Text(text), said);

    private static long[] Of(string[] classes, DataFiles file, JsonObject? options = null, string[]? files = null)
    {
        var labels = new long[files?.Length ?? 3];
        return Noises.NoisyLabels("from-file", options ?? [], labels, classes, seed: 1, file, whole: labels.Length, sampleFiles: files);
    }

    [TestMethod]
    public void Where_the_dataset_orders_its_samples_itself_a_list_says_what_it_counts()
    {
        IReadOnlyList<string>? none = null;
        IReadOnlyList<string> rows = ["x_train#2", "x_train#0", "x_train#1"],
            images = ["a/2.png", "b/0.png", "b/1.png"];
        long[] Own(string text, IReadOnlyList<string>? files, string? order = null) =>
            Noises.NoisyLabels(
                "from-file",
                order is null ? [] : new() { ["order"] = order },
                [7, 7, 7],
                Noises.Cifar10,
                seed: 1,
                Text(text),
                sampleFiles: files,
                inFileOrder: false
            );
        const string list = "4\n5\n6\n",
            index = "index,label\n0,4\n2,6\n1,5\n";
        foreach (var (text, files) in new[] { (list, rows), (index, rows), (list, images) })
        {
            var error = Assert.ThrowsExactly<SatException>(() => Own(text, files));
            Assert.Contains($"such as '{files[0]}'", error.Message);
            Assert.Contains("'order'", error.Message);
        }
        var nameless = Assert.ThrowsExactly<SatException>(() => Own(list, none));
        Assert.Contains("Set the option 'order' to training-set", nameless.Message);
        foreach (var text in new[] { list, index })
        {
            CollectionAssert.AreEqual(new long[] { 6, 4, 5 }, Own(text, rows, "rows"));
            CollectionAssert.AreEqual(new long[] { 4, 5, 6 }, Own(text, rows, "training-set"));
            CollectionAssert.AreEqual(new long[] { 4, 5, 6 }, Own(text, images, "training-set"));
            Assert.Contains("'a/2.png'", Assert.ThrowsExactly<SatException>(() => Own(text, images, "rows")).Message);
        }
        CollectionAssert.AreEqual(new long[] { 4, 5, 6 }, Own(index, images), "the tool itself prints such an index");
        CollectionAssert.AreEqual(
            new long[] { 6, 4, 5 },
            Own("file,label\nx_train#0,4\nx_train#1,5\nx_train#2,6\n", rows),
            "names say it all"
        );
    }

    [TestMethod]
    [DataRow("""[{"label": 1}, {"label": 2, "label": 3}, {"label": 4}]""", "element 1 has 'label' twice")]
    [DataRow("""[{"label": 1}, {"label": null}, {"label": 4}]""", "the 'label' of element 1 is neither a number nor a name")]
    [DataRow("{\"label\": 1}\n{\"label\": 2}\n", "it is JSON Lines")]
    public void Rows_of_JSON_say_one_thing_each(string text, string said) => RefusedByFile(text, ["a.png", "b.png", "c.png"], said);

    [TestMethod]
    public void Names_of_files_count_also_where_samples_have_none() => Refused(Text("file,label\nb.png,1\na.png,2\n"), "'file'");

    private long[] ByFile(string text, IReadOnlyList<string>? files, JsonObject? options = null) =>
        Noises.NoisyLabels("from-file", options ?? [], [7, 7, 7], Noises.Cifar10, seed: 1, Text(text), sampleFiles: files);

    private void RefusedByFile(string text, IReadOnlyList<string> files, params string[] said)
    {
        var error = Assert.ThrowsExactly<SatException>(() => ByFile(text, files));
        foreach (var part in said)
            Assert.Contains(part, error.Message);
    }

    private DataFiles Text(string content)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "saved.npy"), content);
        return DataFiles.At("noise", Path.Combine(_folder.Path, "saved.npy"));
    }

    private DataFiles Archive(params (string Name, long[] Values)[] arrays) => Archive<long>(arrays);

    private DataFiles Archive<T>(params (string Name, T[] Values)[] arrays)
        where T : unmanaged
    {
        var path = Path.Combine(_folder.Path, "saved.npy");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            foreach (var (name, values) in arrays)
            {
                using var entry = zip.CreateEntry(name == "data.pkl" ? "archive/data.pkl" : name + ".npy").Open();
                Npy.Write<T>(entry, values, values.Length);
            }
        }
        return DataFiles.At("noise", path);
    }

    private static long[] Read(DataFiles file, string? column = null) =>
        Noises.NoisyLabels("from-file", column is null ? [] : new() { ["column"] = column }, new long[20], Noises.Cifar10, seed: 1, file);

    private static void Refused(DataFiles file, params string[] said)
    {
        var error = Assert.ThrowsExactly<SatException>(() => Read(file));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.Contains("saved.npy", error.Message);
        foreach (var text in said)
            Assert.Contains(text, error.Message);
    }
}
