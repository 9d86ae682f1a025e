using System.Globalization;
using System.IO.Compression;
using System.Text;
using Sat.Datasets.Tests;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Matlab;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Fuzz.Tests;

[TestClass]
public sealed class DataFuzzTests
{
    [TestMethod]
    [Timeout(300_000)]
    public void A_damaged_archive_of_arrays_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var refused = Fuzzing.Each(Npz(), (bytes, _) => Open("npz", DataFiles.At("npz", folder.Write("data.npz", bytes))).Dispose());
        Assert.IsGreaterThan(Fuzzing.InProcess / 2, refused);
    }

    [TestMethod]
    [Timeout(300_000)]
    public void A_damaged_batch_of_cifar_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var batch = Cifar(folder);
        var layout = Fuzzing.Host.Catalog.Find(ComponentKind.Dataset, "cifar10")!.Schema.Data!;
        var refused = Fuzzing.Each(batch, (bytes, _) =>
        {
            folder.Write("cifar-10-batches-bin/data_batch_3.bin", bytes);
            Open("cifar10", DataFiles.Find("cifar10", layout, folder.Path)).Dispose();
        });
        Assert.IsGreaterThan(Fuzzing.InProcess / 3, refused);
    }

    [TestMethod]
    [Timeout(300_000)]
    [DataRow(false, false, 8)]
    [DataRow(false, true, 8)]
    [DataRow(true, false, 2)]
    public void A_damaged_file_of_MATLAB_is_read_or_refused(bool isCompressed, bool isBigEndian, int atLeastOneIn)
    {
        using var folder = new TemporaryFolder();
        var form = new Mats.Form { IsCompressed = isCompressed, IsBigEndian = isBigEndian };
        var digits = Mats.Digits(new byte[2 * 3072], [1, 10], form);
        folder.Write("test_32x32.mat", digits);
        var layout = Fuzzing.Host.Catalog.Find(ComponentKind.Dataset, "svhn")!.Schema.Data!;
        var refused = Fuzzing.Each(digits, (bytes, _) =>
        {
            folder.Write("train_32x32.mat", bytes);
            Open("svhn", DataFiles.Find("svhn", layout, folder.Path)).Dispose();
        });
        Assert.IsGreaterThan(Fuzzing.InProcess / atLeastOneIn, refused);
    }

    [TestMethod]
    [Timeout(300_000)]
    public void A_damaged_table_of_MATLAB_is_read_or_refused()
    {
        static void Read(MatVariable variable)
        {
            switch (variable)
            {
                case MatArray array:
                    array.Integers(most: 1000);
                    break;
                case MatText text:
                    text.Read(mostBytes: 1000);
                    break;
                case MatStructures structures:
                    structures.Read((_, _, value) => Read(value));
                    break;
            }
        }
        var refused = Fuzzing.Each(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "meta.mat")), (bytes, _) =>
        {
            try
            {
                MatFile.Read(new MemoryStream(bytes), Read, mostBytes: 1 << 20);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                throw new SatException(ExitCode.Environment, e.Message);
            }
        });
        Assert.IsGreaterThan(Fuzzing.InProcess / 8, refused);
    }

    [TestMethod]
    [Timeout(300_000)]
    public void A_run_on_damaged_data_fails_alone()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < Fuzzing.ThroughTool; seed++)
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"{seed}.npz"), Mutation.Of(Npz(), new Random(2000 + seed)));
        folder.Write("whole.npz", Npz());
        folder.Write(
            "study.yaml",
            Encoding.UTF8.GetBytes(
                $$"""
                name: damaged
                defaults:
                  model: { id: small-conv, width: 2 }
                  method: erm
                  training: { epochs: 1, batch-size: 8 }
                matrix:
                  dataset: [ {{string.Join(
                    ", ",
                    Enumerable.Range(0, Fuzzing.ThroughTool).Select(i => $"{{ id: npz, path: {i}.npz }}").Append(
                        "{ id: npz, path: whole.npz }"
                    )
                )}} ]
                """
            )
        );
        var (code, _, error) = Fuzzing.Sat(folder, "the seeds from 2000", "sweep", "study.yaml", "--threads", "1", "--jobs", "2");
        Assert.AreEqual(ExitCode.Environment, code, error);
        var records = Directory
            .GetDirectories(folder.At("runs", "damaged"))
            .Select(d => new RunFolder(d).ReadRecord())
            .OfType<RunRecord>()
            .ToArray();
        Assert.AreEqual(RunStatus.Done, records.Single(r => r.Locations["dataset.path"] == folder.At("whole.npz")).Status);
        foreach (var failed in records.Where(r => r.Status != RunStatus.Done))
            Assert.IsTrue(failed is { Status: RunStatus.Failed, ExitCode: ExitCode.Environment, Error.Length: > 0 }, failed.Error);
    }

    private static IDataset Open(string id, DataFiles files) =>
        Fuzzing.Host.OpenDataset(
            new ComponentSpec { Id = id, Options = [] },
            new Dictionary<string, string> { ["path"] = files.Location },
            new DatasetContext(files)
        );

    private static byte[] Npz()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add<T>(string name, T[] values, params long[] shape)
                where T : unmanaged
            {
                var entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                Npy.Write<T>(stream, values, shape);
            }
            byte[] pixels = [.. Enumerable.Range(0, 6 * 8 * 8 * 3).Select(i => (byte)(i * 7))];
            Add("x_train", pixels, 6, 8, 8, 3);
            Add("x_test", pixels, 6, 8, 8, 3);
            Add<long>("y_train", [0, 2, 1, 0, 2, 1], 6);
            Add<long>("y_test", [0, 2, 1, 0, 2, 1], 6);
        }
        return bytes.ToArray();
    }

    private static byte[] Cifar(TemporaryFolder folder)
    {
        byte[] batch = [.. Enumerable.Range(0, 3).SelectMany(i => Enumerable.Repeat((byte)(40 * i), 3072).Prepend((byte)i))];
        for (var i = 1; i <= 5; i++)
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"cifar-10-batches-bin/data_batch_{i}.bin"), batch);
        folder.Write("cifar-10-batches-bin/test_batch.bin", batch);
        folder.Write(
            "cifar-10-batches-bin/batches.meta.txt",
            "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"u8.ToArray()
        );
        return batch;
    }
}
