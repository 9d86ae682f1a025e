using System.Diagnostics;
using System.IO.Compression;
using Sat.Records;
using Sat.Records.Arrays;

namespace Sat.Tool.Tests;

/// <summary>People's own images, and real ones.</summary>
[TestClass]
public sealed class OwnDataTests
{
    [TestMethod]
    public async Task An_archive_of_arrays_trains_and_suspects_its_wrong_labels()
    {
        using var workshop = new Workshop();
        using (var archive = ZipFile.Open(Path.Combine(workshop.Folder, "digits.npz"), ZipArchiveMode.Create))
        {
            foreach (var (part, count) in new[] { ("train", 60), ("test", 30) })
            {
                // Class 0 is dark, class 1 bright; interleaved.
                var images = Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(i % 2 == 0 ? 20 : 230), 64)).ToArray();
                Add(archive, $"x_{part}", s => Npy.Write<byte>(s, images, count, 8, 8));
                // As arithmetic leaves class numbers: whole, and floats.
                Add(archive, $"y_{part}", s => Npy.Write<float>(s, [.. Enumerable.Range(0, count).Select(i => (float)(i % 2))], count));
            }
        }
        var run = await workshop.Sat(
            "run",
            "--dataset",
            "npz",
            "--set",
            "dataset.path=digits.npz",
            "--model",
            "small-conv",
            "--set",
            "model.width=4",
            "--method",
            "sat",
            "--set",
            "method.start-epoch=4",
            "--set",
            "method.alpha=0.5",
            "--noise",
            "symmetric",
            "--set",
            "noise.rate=0.2",
            "--set",
            "training.batch-size=10",
            "--epochs",
            "12",
            "--threads",
            "1"
        );
        Assert.AreEqual(ExitCode.Fine, run.ExitCode, run.Error);

        var record = new Records.Runs.RunFolder(run.LastLine).ReadRecord()!;
        Assert.IsGreaterThan(0.9, record.Final!["test-accuracy"]);
        Assert.IsGreaterThan(0.9, record.Final["labels-recovered"]);
        var suspects = await File.ReadAllLinesAsync(Path.Combine(run.LastLine, "labels.csv"));
        Assert.AreEqual("index,file,given,proposed,given-target,confidence,margin,weight", suspects[0]);
        Assert.IsGreaterThan(1, suspects.Length);
    }

    [TestMethod]
    public async Task A_folder_of_images_leads_to_suspected_files_and_is_not_changed_by_what_lies_beside_them()
    {
        using var workshop = new Workshop();
        void Write(string name, byte[] content)
        {
            var path = Path.Combine(workshop.Folder, "- my #2", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
        foreach (var (kind, label) in new[] { ("dark", 20), ("=bright, or so", 230) })
        {
            for (var i = 0; i < 16; i++)
                Write($"train/{kind}/{i}.bmp", Bmp((byte)(label + i)));
            Write($"test/{kind}/0.bmp", Bmp((byte)(label + 3)));
        }
        Write("train/dark/.ipynb_checkpoints/0-checkpoint.bmp", Bmp(240));
        string[] settings =
        [
            "--set",
            "dataset=image-folder",
            "--set",
            "dataset.path=- my #2",
            "--set",
            "dataset.size=8",
            "--set",
            "model.width=4",
            "--set",
            "method=sat",
            "--set",
            "method.start-epoch=1",
            "--set",
            "method.alpha=0.3",
            "--set",
            "noise={id: symmetric, rate: 0.5}",
            "--set",
            "training.batch-size=8",
            "--out",
            "out",
        ];
        await File.WriteAllTextAsync(
            Path.Combine(workshop.Folder, "s.yaml"),
            "name: s\ndefaults: { dataset: shapes, model: small-conv, method: erm, training: { epochs: 6 } }\n"
        );
        var sweep = await workshop.Sat(["sweep", "s.yaml", "--threads", "1", .. settings]);
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);

        var run = new Records.Runs.RunFolder(
            Directory.GetDirectories(Path.Combine(workshop.Folder, "out")).Single(d => File.Exists(Path.Combine(d, "run.json")))
        );
        var data = run.ReadRecord()!.Data!;
        Assert.AreEqual(32, data.Train, "hidden folders are not trained on");
        Assert.IsNull(data.WrongLabels, "nobody knows which labels were wrong");
        var suspects = await File.ReadAllLinesAsync(run.LabelsFile);
        Assert.AreEqual("index,file,given,proposed,given-target,confidence,margin,weight", suspects[0]);
        foreach (var row in suspects.Skip(1))
            Assert.MatchesRegex("^[0-9]+,(train/dark/[0-9]+.bmp|\"train/=bright, or so/[0-9]+.bmp\"),", row);
        // 34 images are named by one checksum, whose list lies once beside the runs, as sha256sum reads it.
        var list = run.ReadRecord()!.Spec.Dataset.FileLists!["path"];
        Assert.AreEqual(34, list.Count);
        Assert.IsNull(run.ReadRecord()!.Spec.Dataset.Files);
        using (
            var check = Process.Start(
                new ProcessStartInfo("sha256sum", ["--check", "--quiet", "--strict", Path.Combine(run.Output, list.FileName)])
                {
                    WorkingDirectory = Path.Combine(workshop.Folder, "- my #2"),
                }
            )!
        )
        {
            await check.WaitForExitAsync();
            Assert.AreEqual(0, check.ExitCode);
        }
        Write(".DS_Store", [1]);
        Write("train/dark/Thumbs.db", [1]);
        Write("README.txt", [1]);
        var plan = await workshop.Sat(["plan", "s.yaml", .. settings]);
        Assert.Contains("1 done, 0 to do", plan.Out + plan.Error);

        // A changed image is another run.
        Write("train/dark/3.bmp", Bmp(200));
        Assert.Contains("0 done, 1 to do", (await workshop.Sat(["plan", "s.yaml", .. settings])).Out);
        await File.AppendAllTextAsync(Path.Combine(run.Output, list.FileName), "x");
        Assert.Contains(list.FileName, (await workshop.Sat("runs", "verify", "--in", "out")).Out);
    }

    [TestMethod]
    public async Task Real_CIFAR10_images_are_recognised_and_trained_on()
    {
        if (Places.SharedData is not { } data)
        {
            Assert.Inconclusive("the real images are not beside this repository");
            return;
        }
        using var workshop = new Workshop();
        // 1,017 published test images stand in for each file: the layout is the official one, the version an unknown one.
        var folder = Path.Combine(workshop.Folder, "cifar");
        Directory.CreateDirectory(folder);
        using var tar = Process.Start(
            new ProcessStartInfo("tar", ["-xf", Path.Combine(data, "cifar10-original-test1017.tar.xz"), "-C", folder])
        )!;
        await tar.WaitForExitAsync();
        if (tar.ExitCode != 0)
            Assert.Inconclusive("unpacking the real images needs tar and xz");
        var head = Directory.GetFiles(folder, "*.bin", SearchOption.AllDirectories).Single();
        foreach (
            var name in new[]
            {
                "data_batch_1.bin",
                "data_batch_2.bin",
                "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin",
                "test_batch.bin",
            }
        )
            File.Copy(head, Path.Combine(folder, name));
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "batches.meta.txt"),
            ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
        );

        var run = await workshop.Sat(
            "run",
            "--dataset",
            "cifar10",
            "--set",
            $"dataset.path={folder}",
            "--model",
            "small-conv",
            "--set",
            "model.width=8",
            "--method",
            "erm",
            "--set",
            "training.samples=1000",
            "--set",
            "training.batch-size=50",
            "--set",
            "training.optimizer.lr=0.05",
            "--epochs",
            "3",
            "--threads",
            "2"
        );
        Assert.AreEqual(ExitCode.Fine, run.ExitCode, run.Error);
        var record = new Records.Runs.RunFolder(run.LastLine).ReadRecord()!;
        Assert.AreEqual("unknown", record.Spec.Dataset.Variant);
        Assert.IsGreaterThan(0.2, record.Final!["test-accuracy"], "real images are learnt from: chance is 0.1");
    }

    /// <summary>8 x 8 pixels of 24 bits and one level.</summary>
    private static byte[] Bmp(byte level)
    {
        byte[] head = [.. "BM"u8, 246, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 1, 0, 24, 0];
        return [.. head, .. new byte[54 - head.Length], .. Enumerable.Repeat(level, 192)];
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        using var stream = archive.CreateEntry(name + ".npy").Open();
        using var memory = new MemoryStream();
        write(memory);
        stream.Write(memory.ToArray());
    }

    [TestMethod]
    public async Task Whoever_looks_at_a_dataset_is_told_what_leaks_and_gets_a_page_of_pictures()
    {
        using var workshop = new Workshop();
        foreach (var name in new[] { "train/cat/1", "train/cat/2", "train/dog/3", "train/dog/1", "test/cat/2", "test/dog/4" })
            workshop.Write($"photos/{name}.ppm", $"P3 2 2 255 {string.Join(' ', Enumerable.Repeat($"{name[^1]}0", 12))}\n");
        string[] show = ["data", "show", "image-folder", "--set", "dataset.path=photos", "--set", "dataset.size=8"];

        var shown = await workshop.Sat([.. show, "--to", "photos.html"]);

        Assert.AreEqual(ExitCode.Fine, shown.ExitCode, shown.Error);
        Assert.MatchesRegex(@"(?m)^training +4 +2 ", shown.Out);
        Assert.Contains("1 test image is a training image too", shown.Out);
        Assert.Contains("1 image has several labels", shown.Out);
        Assert.MatchesRegex(@"training \d \(cat, train/cat/2\.ppm\) = test \d \(cat, test/cat/2\.ppm\)", shown.Out.ReplaceLineEndings(" "));
        var page = await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "photos.html"));
        Assert.HasCount(1 + 4, page.Split("<img "));
        var listed = await workshop.Sat([.. show, "--json"]);
        Assert.HasCount(2, System.Text.Json.Nodes.JsonNode.Parse(listed.Out)!["same"]!.AsArray());
        Told.InOneSentence(await workshop.Sat([.. show, "--to", "nowhere/photos.html"]), ExitCode.Environment, "nowhere");
    }

    [TestMethod]
    public async Task The_list_of_a_datasets_samples_is_a_label_file_for_it()
    {
        using var workshop = new Workshop();
        foreach (var name in new[] { "cat/1", "cat/2", "cat/3", "dog/1", "dog/2", "dog/3" })
            workshop.Write(
                $"photos/{name}.ppm",
                $"P3 8 8 255 {string.Join(' ', Enumerable.Range(0, 192).Select(i => i * name[^1] % 256))}\n"
            );
        var listed = await workshop.Sat("data", "samples", "image-folder", "--set", "dataset.path=photos");
        Assert.AreEqual(ExitCode.Fine, listed.ExitCode, listed.Error);
        var rows = listed.Out.TrimEnd('\n').Split('\n');
        Assert.AreEqual("index,file,label", rows[0]);
        Assert.HasCount(5, rows, "two of six are test images");
        for (var i = 0; i < 4; i++)
            Assert.MatchesRegex($"^{i},(?<class>cat|dog)/[123].ppm,\\k<class>$", rows[i + 1]);
        var test = await workshop.Sat("data", "samples", "image-folder", "--set", "dataset.path=photos", "--split", "test");
        Assert.HasCount(3, test.Out.TrimEnd('\n').Split('\n'));

        // Edited as a person does: the first row's class, in rows of another order.
        string[] edited =
        [
            rows[0],
            .. rows.Skip(2),
            rows[1].EndsWith("cat", StringComparison.Ordinal) ? rows[1][..^3] + "dog" : rows[1][..^3] + "cat",
        ];
        workshop.Write("labels.csv", string.Join('\n', edited));
        string[] settings = ["dataset.path=photos", "dataset.size=8", "model.width=4", "noise.path=labels.csv", "training.batch-size=4"];
        var run = await workshop.Sat([
            .. "run --dataset image-folder --noise from-file --model small-conv --method sat --epochs 1 --threads 1".Split(' '),
            .. settings.SelectMany(s => new[] { "--set", s }),
        ]);
        Assert.AreEqual(ExitCode.Fine, run.ExitCode, run.Error);
        Assert.MatchesRegex($"[0-9]+ suspected wrong labels?: {Path.Combine(run.LastLine, "labels.csv")}\n", run.Error);
        using var drawn = File.OpenRead(Path.Combine(run.LastLine, "noise.npy"));
        var labels = Npy.ReadVector(drawn);
        for (var i = 0; i < 4; i++)
            Assert.AreEqual(rows[i + 1].EndsWith("dog", StringComparison.Ordinal) == (i > 0), labels[i] == 1, rows[i + 1]);
    }

    /// <summary>The file of suspects is given back as labels, whatever their names hold.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX, IgnoreMessage = "Windows has no such names")]
    public async Task Suspects_with_line_breaks_in_their_names_are_planned_and_trained_on_as_labels()
    {
        using var workshop = new Workshop();
        string[] names = ["cat/a\nb.ppm", "cat/c\r\nd.ppm", "cat/e.ppm", "dog/\n.ppm", "dog/f.ppm", "dog/g.ppm"];
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
            workshop.Write($"photos/{name}", $"P3 8 8 255 {string.Join(' ', Enumerable.Range(0, 192).Select(p => p * (i + 1) % 256))}\n");
        var listed = await workshop.Sat("data", "samples", "image-folder", "--set", "dataset.path=photos");
        // As a run's 'labels.csv' names samples.
        var csv = listed.Out.Replace("index,file,label", "index,file,proposed", StringComparison.Ordinal);
        workshop.Write("labels.csv", csv.Replace(",cat\n", ",dog\n", StringComparison.Ordinal));
        workshop.Write(
            "corrected.yaml",
            """
            name: corrected
            defaults:
              dataset: { id: image-folder, path: photos, size: 8 }
              model: { id: small-conv, width: 4 }
              method: { id: erm }
              noise: { id: from-file, path: labels.csv, column: proposed, partial: true }
              training: { epochs: 1, batch-size: 4 }
            """
        );
        var plan = await workshop.Sat("plan", "corrected.yaml");
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        Assert.Contains("1 run, 0 done, 1 to do", plan.Out);
        var sweep = await workshop.Sat("sweep", "corrected.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        using var drawn = File.OpenRead(workshop.Run("runs/corrected", workshop.Plan("runs/corrected").Runs[0].Id).File("noise.npy"));
        Assert.IsTrue(Npy.ReadVector(drawn).All(l => l == 1), "each cat is a dog");
    }

    [TestMethod]
    [DataRow("photos", false)]
    [DataRow("photos/out", false)]
    [DataRow("photos/cat/out", false)]
    [DataRow("photos/.out", true)]
    [DataRow("out", true)]
    public async Task Runs_are_not_written_among_the_images_that_they_read(string output, bool may)
    {
        using var workshop = new Workshop();
        workshop.WritePhotos(8);
        workshop.Write("photos/bird/notes.txt", "none yet\n");
        workshop.Write(
            "own.yaml",
            """
            name: own
            defaults:
              dataset: { id: image-folder, path: photos, size: 8 }
              model: { id: small-conv, width: 2 }
              method: erm
              training: { epochs: 1, batch-size: 8 }
            """
        );

        var before = Directory.GetFileSystemEntries(workshop.Folder, "*", SearchOption.AllDirectories);
        var plan = await workshop.Sat("plan", "own.yaml", "--out", output);
        Assert.AreEqual(may ? ExitCode.Fine : ExitCode.Planning, plan.ExitCode, plan.Error);

        var sweep = await workshop.Sat("sweep", "own.yaml", "--threads", "1", "--out", output);

        Assert.AreEqual(may ? ExitCode.Fine : ExitCode.Planning, sweep.ExitCode, sweep.Error);
        if (may)
            Assert.Contains(
                "no class, because no image lies in it: bird",
                string.Join('\n', workshop.Run(output, workshop.Plan(output).Runs[0].Id).ReadRecord()!.Data!.Reading!)
            );
        else
        {
            Assert.Contains("among the files of dataset 'image-folder'", sweep.Error);
            Assert.Contains("among the files of dataset 'image-folder'", plan.Error);
            CollectionAssert.AreEquivalent(before, Directory.GetFileSystemEntries(workshop.Folder, "*", SearchOption.AllDirectories));
        }
    }
}
