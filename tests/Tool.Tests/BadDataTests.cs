using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Data files that are missing, cut off, damaged, or not what they should be: each fails its own runs with 5, and the others go
/// on.</summary>
[TestClass]
public sealed class BadDataTests
{
    private static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    [TestMethod]
    public async Task Damaged_archives_of_arrays_fail_their_runs_and_a_finished_run_stays_as_it_is()
    {
        using var workshop = new Workshop();
        var good = Npz();
        File.WriteAllBytes(At(workshop, "good.npz"), good);
        File.WriteAllBytes(At(workshop, "cut.npz"), good[..(good.Length / 2)]);
        workshop.Write("text.npz", "no archive");
        using (var single = File.Create(At(workshop, "single.npy")))
            Npy.Write<byte>(single, new byte[12 * 64], 12, 8, 8);
        var flipped = (byte[])good.Clone();
        flipped[300] ^= 1;
        File.WriteAllBytes(At(workshop, "flipped.npz"), flipped);
        File.WriteAllBytes(
            At(workshop, "float.npz"),
            Npz(images: s => Npy.Write<float>(s, [.. Enumerable.Range(0, 12 * 64).Select(i => (float)i)], 12, 8, 8))
        );
        File.WriteAllBytes(At(workshop, "half.npz"), Npz(images: s => Npy.Write<byte>(s, new byte[12 * 64 - 100], 12, 8, 8)));
        File.WriteAllBytes(At(workshop, "short.npz"), Npz(labels: [0, 1, 0, 1]));
        File.WriteAllBytes(At(workshop, "range.npz"), Npz(testLabels: [0, 1, 0, 7]));
        File.WriteAllBytes(At(workshop, "lacking.npz"), Npz(testLabels: []));
        Study(workshop, "dataset", "npz", "good.npz");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1")).ExitCode);
        var finished = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).Path;
        var before = Told.Contents(finished);

        Study(
            workshop,
            "dataset",
            "npz",
            "cut.npz",
            "text.npz",
            "single.npy",
            "flipped.npz",
            "float.npz",
            "half.npz",
            "short.npz",
            "range.npz",
            "lacking.npz",
            "good.npz"
        );
        Assert.Contains("10 runs, 1 done, 9 to do", (await workshop.Sat("plan", "tiny.yaml")).Out, "what files hold, a run finds");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");

        Told.AsFailedRuns(
            sweep,
            ExitCode.Environment,
            [At(workshop, "cut.npz"), "not a NumPy archive, or a damaged one", "get it again"],
            [At(workshop, "text.npz"), "not a NumPy archive, or a damaged one", "write it with numpy.savez"],
            [At(workshop, "single.npy"), "is a single array (.npy)", "into one archive with numpy.savez"],
            ["'x_train' in " + At(workshop, "flipped.npz"), "its checksum is wrong", "copy the file again"],
            ["'x_train' in " + At(workshop, "float.npz"), "float32 from 0 to 767", "white: 255"],
            ["'x_train' in " + At(workshop, "half.npz"), "it is cut off"],
            ["'y_train' in " + At(workshop, "short.npz"), "4 labels, but x_train has 12 images"],
            ["'y_test' in " + At(workshop, "range.npz"), "element 3 is 7, but there are 2 classes", "correct the label"],
            [At(workshop, "lacking.npz"), "has no array 'y_test'", "'test-labels'"]
        );
        Assert.Contains("runs: 1 done before, 9 failed", sweep.Error);
        Told.Untouched(before, finished);
    }

    [TestMethod]
    public async Task Damaged_CIFAR_batches_fail_their_runs_with_file_and_record()
    {
        using var workshop = new Workshop();
        Cifar(workshop, "good");
        Cifar(workshop, "label", batch => batch[7 * 3073] = 77);
        Cifar(workshop, "cut", cutTo: 30_000);
        File.WriteAllText(At(workshop, Cifar(workshop, "names"), "batches.meta.txt"), "airplane\nautomobile\n");

        Study(workshop, "dataset", "cifar10", "label", "cut", "names", "good");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");

        Told.AsFailedRuns(
            sweep,
            ExitCode.Environment,
            [
                "data_batch_3.bin in " + At(workshop, "label"),
                "record 7 (counted from 0) has the label 77, but there are 10 classes",
                "get it again",
            ],
            ["data_batch_3.bin in " + At(workshop, "cut"), "a multiple of 3073 bytes", "is 30000", "get it again"],
            ["batches.meta.txt in " + At(workshop, "names"), "must contain 10 class names", "has 2", "get it again"]
        );
        Assert.Contains("runs: 1 done, 3 failed", sweep.Error);
    }

    [TestMethod]
    public async Task Files_that_are_not_there_are_left_open_by_plan_and_refused_by_sweep_with_line_and_source()
    {
        using var workshop = new Workshop();
        File.Delete(At(workshop, Cifar(workshop, "lacking"), "data_batch_4.bin"));
        Archive(workshop, Cifar(workshop, "cifar"), "cut.tar.gz");
        var whole = await File.ReadAllBytesAsync(At(workshop, "cut.tar.gz"));
        await File.WriteAllBytesAsync(At(workshop, "cut.tar.gz"), whole[..(whole.Length / 2)]);
        workshop.Write("page.tar.gz", "<html>404 Not Found</html>");

        async Task<Outcome> Sat(string command, string kind, string id, string path)
        {
            Study(workshop, kind, id, path);
            return await workshop.Sat(command, "tiny.yaml");
        }

        Task<Outcome> Plan(string kind, string id, string path) => Sat("plan", kind, id, path);

        Told.InOneSentence(
            await Plan("dataset", "cifar10", "lacking"),
            ExitCode.Environment,
            "tiny.yaml:9: ",
            $"{At(workshop, "lacking")} lacks data_batch_4.bin",
            "cifar-10-binary.tar.gz"
        );
        Told.InOneSentence(
            await Plan("dataset", "cifar10", "cut.tar.gz"),
            ExitCode.Environment,
            "tiny.yaml:9: ",
            "cut.tar.gz is damaged or not a tar.gz archive",
            "again"
        );
        Told.InOneSentence(
            await Plan("dataset", "cifar10", "page.tar.gz"),
            ExitCode.Environment,
            "tiny.yaml:9: ",
            "page.tar.gz is not a tar.gz archive: it is an HTML page",
            "again"
        );
        Told.InOneSentence(
            await Sat("sweep", "dataset", "cifar10", "nowhere"),
            ExitCode.Environment,
            "tiny.yaml:9: ",
            $"are not at {At(workshop, "nowhere")}",
            "cifar-10-binary.tar.gz"
        );
        Told.InOneSentence(
            await Sat("sweep", "dataset", "npz", "nowhere.npz"),
            ExitCode.Environment,
            "tiny.yaml:9: dataset 'npz': there is no file or folder",
            "Correct the path"
        );
        Told.InOneSentence(
            await Sat("sweep", "noise", "from-file", "nowhere.npy"),
            ExitCode.Environment,
            "tiny.yaml:9: noise 'from-file': there is no file or folder",
            "Correct the path"
        );

        workshop.WriteStudy(
            "seed: [1]\ndataset: [ cifar10, { id: npz, path: no.npz }, { id: image-folder, path: no } ]\nnoise: [ none, { id: from-file, path: no.npy } ]"
        );
        var open = await workshop.Sat("plan", "tiny.yaml");
        Assert.AreEqual(ExitCode.Fine, open.ExitCode, open.Error);
        Assert.Contains(
            "warning: the files of dataset 'cifar10' are not here: 'dotnet sat data get cifar10' downloads them (170.1 MB).",
            open.Error
        );
        foreach (var path in new[] { "no.npz", "no", "no.npy" })
            Assert.Contains($"warning: there is no file or folder {At(workshop, path)}: the runs that need it are listed", open.Error);
        Assert.AreEqual(
            6,
            open.Out.Split('\n')
                .Count(l => l.StartsWith("- ", StringComparison.Ordinal) && l.EndsWith("data missing", StringComparison.Ordinal)),
            open.Out
        );
        Assert.Contains("6 runs, 0 done, 0 to do, 6 with data missing", open.Out);
        Assert.Contains("which runs these are, and whether they are done", open.Out);
        using var json = JsonDocument.Parse((await workshop.Sat("plan", "tiny.yaml", "--json")).Out);
        Assert.IsTrue(json.RootElement.GetProperty("runs").EnumerateArray().All(r => r.GetProperty("id").ValueKind == JsonValueKind.Null));
        Assert.IsFalse(Directory.Exists(At(workshop, "runs")), "nothing was begun");
    }

    [TestMethod]
    public async Task Folders_of_pictures_with_a_gap_or_a_damaged_picture_fail_their_runs()
    {
        using var workshop = new Workshop();
        Pictures(workshop, "good");
        // By its files alone it is the good one: another picture makes it a set of its own.
        Picture(At(workshop, Pictures(workshop, "gap"), "train", "red", "more.bmp"), 9);
        Directory.CreateDirectory(At(workshop, "gap", "train", "green"));
        Picture(At(workshop, Pictures(workshop, "extra"), "test", "green", "1.bmp"), 3);
        Pictures(workshop, "damaged");
        var cut = await File.ReadAllBytesAsync(At(workshop, "damaged", "train", "red", "1.bmp"));
        await File.WriteAllBytesAsync(At(workshop, "damaged", "train", "red", "1.bmp"), cut[..(cut.Length / 2)]);
        workshop.Write(Path.Combine("damaged", "train", "blue", "2.bmp"), "no picture");

        Study(workshop, "dataset", "image-folder, size: 8", "gap", "extra", "damaged", "good");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");

        Told.AsFailedRuns(
            sweep,
            ExitCode.Environment,
            [
                $"the class folder {At(workshop, "gap", "train", "green")} has no files that could be images",
                "put images into it, or remove it",
            ],
            ["test has the class green, which train does not have", "add its folder to train"],
            ["train/blue/2.bmp in " + At(workshop, "damaged"), "it is text that begins with 'no picture'", "Replace or remove it"]
        );
        Assert.Contains("train/red/1.bmp in " + At(workshop, "damaged"), sweep.Error);
        Assert.Contains("runs: 1 done, 3 failed", sweep.Error);
    }

    [TestMethod]
    public async Task Training_pictures_without_test_pictures_are_refused_before_any_run()
    {
        using var workshop = new Workshop();
        Directory.Delete(At(workshop, Pictures(workshop, "untested"), "test"), recursive: true);
        Pictures(workshop, "good");
        Study(workshop, "dataset", "image-folder, size: 8", "untested", "good");
        foreach (var command in new[] { "plan", "sweep" })
        {
            var refused = await workshop.Sat(command, "tiny.yaml");
            Assert.AreEqual(ExitCode.Environment, refused.ExitCode, refused.Error);
            Assert.Contains("it has images in train, but none in class folders of a test folder", refused.Error);
            Assert.Contains(At(workshop, "untested", "train"), refused.Error);
        }
        Assert.IsFalse(Directory.Exists(At(workshop, "runs")), "nothing was begun");
    }

    [TestMethod]
    public async Task Pictures_decoded_as_they_are_asked_for_train_to_the_same_bits_and_a_damaged_one_fails_the_run_that_meets_it()
    {
        using var workshop = new Workshop();
        Pictures(workshop, "good");
        workshop.Write(Path.Combine(Pictures(workshop, "damaged"), "train", "blue", "2.bmp"), "no picture");
        workshop.Variables["SAT_READ_AHEAD"] = "1";

        Study(workshop, "dataset", "image-folder, size: 8, loading: streamed", "damaged", "good");
        var streamed = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "streamed");
        Told.AsFailedRuns(
            streamed,
            ExitCode.Environment,
            ["train/blue/2.bmp in " + At(workshop, "damaged"), "it is text that begins with 'no picture'", "Replace or remove it"]
        );
        Assert.Contains("runs: 1 done, 1 failed", streamed.Error);

        Study(workshop, "dataset", "image-folder, size: 8, loading: resident", "good");
        var resident = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "resident");
        Assert.AreEqual(ExitCode.Fine, resident.ExitCode, resident.Error);
        RunFolder[] done =
        [
            .. new[] { "streamed", "resident" }.Select(o =>
                workshop.Plan(o).Runs.Select(r => workshop.Run(o, r.Id)).Single(f => File.Exists(f.WeightsFile))
            ),
        ];
        Assert.AreNotEqual(done[0].Name, done[1].Name);
        foreach (var file in (Func<RunFolder, string>[])[f => f.WeightsFile, f => f.MetricsFile, f => f.TestLogitsFile])
            CollectionAssert.AreEqual(File.ReadAllBytes(file(done[0])), File.ReadAllBytes(file(done[1])), file(done[1]));
    }

    [TestMethod]
    public async Task Label_files_that_do_not_fit_fail_their_runs()
    {
        using var workshop = new Workshop();
        void Write(string name, Action<Stream> write)
        {
            using var file = File.Create(At(workshop, name));
            write(file);
        }

        var labels = Enumerable.Range(0, 64).Select(i => (long)(i % 10)).ToArray();
        Write("good.npy", s => Npy.Write<long>(s, labels, 64));
        Write("short.npy", s => Npy.Write<long>(s, labels.AsSpan(0, 9), 9));
        Write("float.npy", s => Npy.Write<float>(s, [.. new float[63], 0.5f], 64));
        Write("cut.npy", s => Npy.Write<long>(s, labels.AsSpan(0, 20), 64));
        Write("range.npy", s => Npy.Write<long>(s, [.. labels[..63], 99], 64));
        workshop.Write("text.npy", "0 1 2");

        Study(workshop, "noise", "from-file", "short.npy", "good.npy");
        Told.InOneSentence(
            await workshop.Sat("plan", "tiny.yaml"),
            ExitCode.Environment,
            At(workshop, "short.npy"),
            "has 9 values, but the training set has 64 samples",
            "one for each"
        );
        workshop.Write("empty.csv", "\n\n");
        Write("none.npy", s => Npy.Write<long>(s, [], 0));
        foreach (var empty in new[] { "empty.csv", "none.npy" })
        {
            Study(workshop, "noise", "from-file", empty, "good.npy");
            Told.InOneSentence(
                await workshop.Sat("plan", "tiny.yaml"),
                ExitCode.Environment,
                At(workshop, empty),
                "is empty; it must have a value for each training sample"
            );
        }
        Study(workshop, "noise", "from-file", "float.npy", "cut.npy", "range.npy", "text.npy", "good.npy");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");

        Told.AsFailedRuns(
            sweep,
            ExitCode.Environment,
            [At(workshop, "float.npy"), "float32, not integers: element 63 is 0.5", "as .npy"],
            [At(workshop, "cut.npy"), "it is cut off", "as .npy"],
            [At(workshop, "range.npy"), "element 63 is 99, but labels are from 0 to 9"],
            [At(workshop, "text.npy"), "line 1 is '0 1 2'", "as .npy"]
        );
        Assert.Contains("runs: 1 done, 4 failed", sweep.Error);
    }

    [TestMethod]
    public async Task Files_that_changed_or_went_since_the_plan_are_refused_by_name()
    {
        using var workshop = new Workshop();
        await File.WriteAllBytesAsync(At(workshop, "digits.npz"), Npz());
        Study(workshop, "dataset", "npz", "digits.npz");
        await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        var run = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id);
        var before = Told.Contents(run.Path);

        await File.WriteAllBytesAsync(At(workshop, "digits.npz"), Npz(labels: [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]));
        Told.AsFailedRuns(
            await workshop.Sat("run", "--spec", run.RequestFile, "--out", "again", "--threads", "1"),
            ExitCode.Environment,
            [
                "the files of dataset 'npz' at " + At(workshop, "digits.npz"),
                "not those that this run is made of: digits.npz",
                "Restore them; as they are now, they make another run",
            ]
        );
        File.Delete(At(workshop, "digits.npz"));
        Told.AsFailedRuns(
            await workshop.Sat("run", "--spec", run.RequestFile, "--out", "again", "--threads", "1"),
            ExitCode.Environment,
            ["dataset 'npz': there is no file or folder " + At(workshop, "digits.npz"), "put the files there"]
        );
        Told.Untouched(before, run.Path);
    }

    [TestMethod]
    public async Task A_file_in_place_of_a_folder_and_the_reverse_are_refused_when_planning()
    {
        using var workshop = new Workshop();
        workshop.Write("photos.zip", "PK");
        Study(workshop, "dataset", "image-folder", "photos.zip");
        Told.InOneSentence(
            await workshop.Sat("plan", "tiny.yaml"),
            ExitCode.Environment,
            $"{At(workshop, "photos.zip")} is a file, and a folder is read",
            "an archive must be unpacked first"
        );
        Directory.CreateDirectory(At(workshop, "digits.npz"));
        Study(workshop, "dataset", "npz", "digits.npz");
        Told.InOneSentence(
            await workshop.Sat("plan", "tiny.yaml"),
            ExitCode.Environment,
            $"{At(workshop, "digits.npz")} is a folder. Give the file itself."
        );
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX, IgnoreMessage = "on Windows links need rights")]
    public async Task Links_that_lead_nowhere_are_refused_and_images_that_count_twice_are_named()
    {
        using var workshop = new Workshop();
        workshop.WritePhotos(4);
        Study(workshop, "dataset", "image-folder", "photos");
        var gone = File.CreateSymbolicLink(At(workshop, "photos", "cat", "gone.ppm"), "/nonexistent/1.ppm");
        Told.InOneSentence(
            await workshop.Sat("plan", "tiny.yaml"),
            ExitCode.Environment,
            $"cat/gone.ppm in {At(workshop, "photos")} is a link to /nonexistent/1.ppm, and nothing is there"
        );
        gone.Delete();
        File.CreateSymbolicLink(At(workshop, "photos", "dog", "again.ppm"), "../cat/0.ppm");
        var plan = await workshop.Sat("plan", "tiny.yaml");
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        Assert.Contains("1 file is there a second time, by links: dog/again.ppm is cat/0.ppm.", plan.Error);
        Assert.HasCount(2, plan.Error.Split("by links"), "once");
    }

    private static string At(Workshop workshop, params string[] names) => Path.Combine([workshop.Folder, .. names]);

    /// <summary>A study with a run for each path.</summary>
    private static void Study(Workshop workshop, string slot, string component, params string[] paths) =>
        workshop.WriteStudy($"seed: [1]\n{slot}: [ {string.Join(", ", paths.Select(p => $"{{ id: {component}, path: {p} }}"))} ]");

    /// <summary>Twelve and four grey images of 8 x 8 pixels in two classes, stored as numpy.savez does.</summary>
    private static byte[] Npz(Action<Stream>? images = null, long[]? labels = null, long[]? testLabels = null)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, Action<Stream> write)
            {
                using var entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression).Open();
                write(entry);
            }

            byte[] Pixels(int count) =>
                [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(i % 2 == 0 ? 20 : 230), 64))];
            long[] Alternating(int count) => [.. Enumerable.Range(0, count).Select(i => (long)(i % 2))];
            Add("x_train", images ?? (s => Npy.Write<byte>(s, Pixels(12), 12, 8, 8)));
            Add("y_train", s => Npy.Write<long>(s, labels ?? Alternating(12), (labels ?? Alternating(12)).Length));
            Add("x_test", s => Npy.Write<byte>(s, Pixels(4), 4, 8, 8));
            if (testLabels is not { Length: 0 })
                Add("y_test", s => Npy.Write<long>(s, testLabels ?? Alternating(4), 4));
        }
        return bytes.ToArray();
    }

    /// <summary>The official layout with twenty records a batch.</summary>
    private static string Cifar(Workshop workshop, string name, Action<byte[]>? damage = null, int? cutTo = null)
    {
        var folder = Directory.CreateDirectory(At(workshop, name)).FullName;
        foreach (var file in new[] { "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch" })
        {
            var batch = new byte[20 * 3073];
            for (var i = 0; i < 20; i++)
            {
                batch[i * 3073] = (byte)(i % 10);
                batch.AsSpan(i * 3073 + 1, 3072).Fill((byte)(i * 12));
            }
            if (file == "data_batch_3")
                damage?.Invoke(batch);
            File.WriteAllBytes(
                Path.Combine(folder, file + ".bin"),
                file == "data_batch_3" && cutTo is { } length ? batch[..length] : batch
            );
        }
        File.WriteAllLines(Path.Combine(folder, "batches.meta.txt"), Classes);
        return name;
    }

    private static void Archive(Workshop workshop, string folder, string name)
    {
        using var file = File.Create(At(workshop, name));
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(At(workshop, folder), gzip, includeBaseDirectory: false);
    }

    /// <summary>Two classes, of three pictures to train on and two to test with.</summary>
    private static string Pictures(Workshop workshop, string name)
    {
        foreach (var (split, count) in new[] { ("train", 3), ("test", 2) })
        {
            for (var i = 0; i < count; i++)
            {
                Picture(At(workshop, name, split, "red", $"{i}.bmp"), i);
                Picture(At(workshop, name, split, "blue", $"{i}.bmp"), 100 + i);
            }
        }
        return name;
    }

    /// <summary>A bitmap of 8 x 8 pixels, 24 bits each, of one grey.</summary>
    private static void Picture(string path, int grey)
    {
        var bytes = new byte[54 + 8 * 24];
        bytes.AsSpan(54).Fill((byte)grey);
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        bytes[10] = 54;
        bytes[14] = 40;
        bytes[18] = 8;
        bytes[22] = 8;
        bytes[26] = 1;
        bytes[28] = 24;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
