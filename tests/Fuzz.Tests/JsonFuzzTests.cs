using System.Buffers.Binary;
using System.Text;
using Sat.Data;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.Sweeps.Store;
using Sat.SyntheticSweeps;

namespace Sat.Fuzz.Tests;

/// <summary>Every value of every kind of document, one at a time, is something else: it is read, or refused in a sentence.</summary>
[TestClass]
public sealed class JsonFuzzTests
{
    [TestMethod]
    [Timeout(300_000)]
    [DataRow("run.json")]
    [DataRow("plan.json")]
    [DataRow("request.json")]
    [DataRow("metrics.jsonl")]
    [DataRow("telemetry.jsonl")]
    public void A_document_of_a_run(string file)
    {
        using var output = new OutputFolder();
        var run = output.Done(OutputFolder.Spec("sat", 0.4, 1, paper: false), 0.7, recovered: 0.4);
        output.WritePlan();
        var path = file == "plan.json" ? Path.Combine(output.Path, file) : run.File(file);
        var record = run.ReadRecord()!;
        byte[] original = file switch
        {
            "request.json" => Encoding.UTF8.GetBytes(
                SatJson.Write(new RunRequest(record.Spec, new Dictionary<string, string> { ["dataset"] = "/data" }))
            ),
            "metrics.jsonl" => Encoding.UTF8.GetBytes(File.ReadLines(path).First()),
            "telemetry.jsonl" => Encoding.UTF8.GetBytes(SatJson.Write(new TelemetryRow(1, 1, 1, 1, 1, 1))),
            _ => File.ReadAllBytes(path),
        };
        Each(original, bytes =>
        {
            File.WriteAllBytes(path, file.EndsWith(".jsonl", StringComparison.Ordinal) ? [.. bytes, (byte)'\n'] : bytes);
            var runs = new RunStore(output.Path).Read();
            _ = new RunExport(runs).ToCsv();
            _ = RunDifference.Between(runs[0], runs[0]);
            Sentences(() => Plan.Read(output.Path));
            Sentences(() => run.ReadRequest()?.Spec.Id());
            Sentences(() => JsonLines.Read<TelemetryRow>(run.TelemetryFile));
            Sentences(() => run.ReadRecord(record.Id));
            Sentences(() =>
            {
                var document = ResultsBuilder.Build(output.Path, []);
                _ = HtmlReport.Render(document);
                _ = MarkdownReport.Render(document);
            });
        });
    }

    [TestMethod]
    [Timeout(300_000)]
    public void A_manifest_of_a_plugin()
    {
        using var folder = new TemporaryFolder();
        var manifest = folder.At("plugins", "sat.supervised", "sat-plugin.json");
        Directory.CreateDirectory(Path.GetDirectoryName(manifest)!);
        var original = File.ReadAllBytes(Path.Combine(Places.Bin("dotnet-sat"), "plugins", "sat.supervised", "sat-plugin.json"));
        Each(original, bytes =>
        {
            File.WriteAllBytes(manifest, bytes);
            foreach (var entry in PluginHost.Discover([folder.At("plugins")]).Catalog.Entries)
            {
                foreach (var option in entry.Schema.Options)
                    _ =
                        $"{option.Name} {option.Range()} {option.Description} {(option.Default is { } value ? CanonicalJson.Write(value) : "")}";
            }
        });
    }

    [TestMethod]
    [Timeout(300_000)]
    public void A_receipt_of_data()
    {
        using var folder = new TemporaryFolder();
        var dataset = new ComponentSchema
        {
            Kind = ComponentKind.Dataset,
            Id = "pebbles",
            Summary = "",
            Data = new DataLayout
            {
                Folder = "p",
                Files = ["a.bin"],
                Obtain = "Ask.",
            },
        };
        folder.Write("pebbles/p/a.bin", [1, 2, 3]);
        var receipt = new DataReceipt
        {
            Dataset = "pebbles",
            Variant = "unknown",
            From = ["https://x"],
            Received = DateTimeOffset.UnixEpoch,
            Files = new Dictionary<string, ReceivedFile>
            {
                ["a.bin"] = new(3, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([1, 2, 3]))),
            },
        };
        Each(Encoding.UTF8.GetBytes(SatJson.Write(receipt)), bytes =>
        {
            folder.Write("pebbles/sat-data.json", bytes);
            _ = new DataInspector(folder.Path).Look(dataset);
            _ = new DataInspector(folder.Path).Verify(dataset);
        });
    }

    [TestMethod]
    [Timeout(300_000)]
    public void The_header_of_weights()
    {
        var header = """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}"""u8.ToArray();
        Each(header, bytes =>
        {
            var file = new byte[8 + bytes.Length + 8];
            BinaryPrimitives.WriteInt64LittleEndian(file, bytes.Length);
            bytes.CopyTo(file, 8);
            try
            {
                SafeTensors.ReadHeader(new MemoryStream(file));
            }
            catch (InvalidDataException)
            {
                // Whoever reads weights makes a sentence of it, with their path.
            }
        });
    }

    private static void Sentences(Action act)
    {
        try
        {
            act();
        }
        catch (SatException e)
        {
            Assert.IsTrue(e.Problems.Count > 0 && e.Problems.All(p => p.Message.Length > 0));
        }
    }

    private static void Each(byte[] original, Action<byte[]> body)
    {
        var wrong = new List<string>();
        foreach (var (json, what) in JsonVariants.Of(original))
        {
            try
            {
                Sentences(() => body(json));
            }
#pragma warning disable CA1031 // Whatever else it is, it is a defect; all are told at once.
            catch (Exception e)
#pragma warning restore CA1031
            {
                wrong.Add(
                    $"{what}: {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Sat.", StringComparison.Ordinal))?.Trim()}"
                );
            }
        }
        Assert.IsEmpty(wrong, string.Join('\n', wrong.Take(30)));
    }
}
