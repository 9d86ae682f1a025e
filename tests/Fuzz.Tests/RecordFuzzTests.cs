using Sat.Records;
using Sat.Records.Runs;
using Sat.Reports.Results;
using Sat.Sweeps.Store;
using Sat.SyntheticSweeps;

namespace Sat.Fuzz.Tests;

[TestClass]
public sealed class RecordFuzzTests
{
    [TestMethod]
    [DataRow("run.json")]
    [DataRow("metrics.jsonl")]
    [DataRow("plan.json")]
    [Timeout(300_000)]
    public void A_damaged_record_is_listed_as_such_and_a_report_names_it(string file)
    {
        using var output = Sweep(out var runs);
        var path = file == "plan.json" ? Path.Combine(output.Path, file) : runs[0].File(file);
        var other = File.ReadAllBytes(runs[1].RecordFile);
        Fuzzing.Each(File.ReadAllBytes(path), (bytes, _) =>
        {
            File.WriteAllBytes(path, bytes);
            var listed = new RunStore(output.Path).Read();
            Assert.IsTrue(listed.Any(r => r.Folder.Name == runs[1].Name && r.Status == "done"), "a damaged run hides no other");
            RunLease.IsHeld(runs[0]);
            ResultsBuilder.Build(output.Path, []);
        });
        CollectionAssert.AreEqual(other, File.ReadAllBytes(runs[1].RecordFile));
    }

    [TestMethod]
    [Timeout(300_000)]
    public void The_tool_lists_and_reports_around_damaged_records()
    {
        using var folder = new TemporaryFolder();
        using var output = Sweep(out var runs);
        var original = File.ReadAllBytes(runs[0].RecordFile);
        for (var seed = 0; seed < Fuzzing.ThroughTool; seed++)
        {
            File.WriteAllBytes(runs[0].RecordFile, Mutation.Of(original, new Random(4000 + seed)));
            var command = seed % 2 == 0 ? new[] { "runs", "list", "--in", output.Path, "--json" } : ["report", output.Path, "--json"];
            var (code, text, error) = Fuzzing.Sat(folder, $"seed {4000 + seed}", command);
            var isWhole = original.AsSpan().SequenceEqual(File.ReadAllBytes(runs[0].RecordFile));
            Assert.AreEqual(isWhole ? ExitCode.Fine : ExitCode.Environment, code, $"seed {4000 + seed}: {error}");
            if (!isWhole)
                Assert.Contains(runs[0].Name, error, "the message names the run's file");
            Assert.Contains(runs[1].Name, text, "a damaged run hides no other");
        }
    }

    private static OutputFolder Sweep(out RunFolder[] runs)
    {
        var output = new OutputFolder();
        runs =
        [
            output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.6),
            output.Done(OutputFolder.Spec("sat", 0.4, 1, paper: false), 0.7, recovered: 0.4),
        ];
        output.WritePlan();
        return output;
    }
}
