using System.Diagnostics;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Records.Tests;

/// <summary>What is told of files that are not what they were.</summary>
[TestClass]
public sealed class IntegrityTests
{
    [TestMethod]
    public void Any_changed_byte_of_a_record_is_noticed_by_each_reader()
    {
        using var folder = new TemporaryFolder();
        var run = Done(folder, out var id);
        var whole = File.ReadAllBytes(run.RecordFile);
        var random = new Random(1);
        for (var at = 0; at < whole.Length; at++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(run.RecordFile, bytes);
            foreach (var read in new Action[] { () => run.ReadRecord(), () => run.ReadSummary(id) })
            {
                var refused = Assert.ThrowsExactly<SatException>(
                    read,
                    $"byte {at} of {whole.Length}: 0x{whole[at]:x2} became 0x{bytes[at]:x2}"
                );
                Assert.IsTrue(refused.IsDamage);
                Assert.AreEqual(ExitCode.Environment, refused.ExitCode);
            }
        }
        File.WriteAllBytes(run.RecordFile, whole);
        Assert.AreEqual(id, run.ReadRecord()!.Id);
    }

    [TestMethod]
    [DataRow("\"test-accuracy\": 0.5", "\"test-accuracy\": 0.99")]
    [DataRow("\"seed\": 1", "\"seed\": 2")]
    [DataRow("\"status\": \"done\"", "\"status\": \"done\", \"error\": null")]
    [DataRow(",\n  \"checksum\"", ",\n  \"x\": 1,\n  \"checksum\"")]
    public void An_edited_record_is_not_believed(string was, string becomes)
    {
        using var folder = new TemporaryFolder();
        var run = Done(folder, out var id);
        var text = File.ReadAllText(run.RecordFile);
        Assert.Contains(was, text);
        File.WriteAllText(run.RecordFile, text.Replace(was, becomes, StringComparison.Ordinal));
        Assert.Contains("its content does not match its checksum", Assert.ThrowsExactly<SatException>(() => run.ReadSummary(id)).Message);
    }

    [TestMethod]
    [DataRow("", 1, "it is empty")]
    [DataRow("{ \"status\": \"done\" }", 1, "it lacks 'id'")]
    [DataRow("{\"schema\": 1,\n \"id\": \"0", 2, "it is cut off")]
    [DataRow("\nno", 2, "it is not JSON")]
    public void A_record_that_is_none_is_damaged_in_the_line_where_it_ends(string text, int line, string damage)
    {
        using var folder = new TemporaryFolder();
        var run = Done(folder, out var id);
        File.WriteAllText(run.RecordFile, text);
        foreach (var read in new Action[] { () => run.ReadRecord(), () => run.ReadSummary(id) })
        {
            var refused = Assert.ThrowsExactly<SatException>(read);
            Assert.IsTrue(refused.IsDamage);
            Assert.AreEqual(line, refused.Problems[0].At!.Line);
            Assert.Contains(damage, refused.Message);
        }
    }

    /// <summary>Records of before there were checksums have their id and their last epoch to be held against.</summary>
    [TestMethod]
    [DataRow("", "", null)]
    [DataRow("\"test-accuracy\": 0.5", "\"test-accuracy\": 0.99", "the last line is not the outcome")]
    [DataRow("\"seed\": 1", "\"seed\": 2", "its specification is not the one of the run")]
    public void A_record_without_a_checksum_of_before_there_were_any_is_held_against_itself(string was, string becomes, string? told)
    {
        using var folder = new TemporaryFolder();
        var run = Done(folder, out var id);
        var old = SatJson.WriteIndented(run.ReadRecord()! with { Schema = 1 });
        File.WriteAllText(run.RecordFile, was.Length == 0 ? old : old.Replace(was, becomes, StringComparison.Ordinal));
        if (told is null)
            Assert.AreEqual(RunStatus.Done, run.ReadSummary(id)!.Status);
        else
            Assert.Contains(told, Assert.ThrowsExactly<SatException>(() => run.ReadSummary(id)).Message);
    }

    [TestMethod]
    [DataRow("cut")]
    [DataRow("emptied")]
    [DataRow("removed")]
    [DataRow("edited")]
    public void Metrics_that_are_not_those_of_the_record_are_refused(string how)
    {
        using var folder = new TemporaryFolder();
        var run = Done(folder, out var id);
        var text = File.ReadAllText(run.MetricsFile);
        File.Delete(run.MetricsFile);
        if (how != "removed")
            File.WriteAllText(
                run.MetricsFile,
                how switch
                {
                    "cut" => text[..^4],
                    "emptied" => "",
                    _ => text.Replace("0.25", "0.26", StringComparison.Ordinal),
                }
            );
        var refused = Assert.ThrowsExactly<SatException>(() => run.ReadSummary(id));
        Assert.StartsWith(run.MetricsFile, refused.Message);
        Assert.IsTrue(refused.IsDamage);
        Assert.IsFalse(RunIntegrity.IsDone(run));
    }

    [TestMethod]
    public void The_list_of_checksums_is_one_that_sha256sum_checks()
    {
        using var folder = new TemporaryFolder();
        var run = Done(folder, out _);
        File.WriteAllText(run.LogFile, "a warning\n");
        RunSeal.Write(run);
        Assert.IsEmpty(RunSeal.Check(run, run.ReadRecord()!));
        using var check = Process.Start(
            new ProcessStartInfo("sha256sum", ["--check", "--strict", ChecksumList.FileName])
            {
                WorkingDirectory = run.Path,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var output = check.StandardOutput.ReadToEnd();
        check.WaitForExit();
        Assert.AreEqual(0, check.ExitCode, output);
        Assert.Contains("metrics.jsonl: OK", output);
        Assert.Contains("log.txt: OK", output);

        File.AppendAllText(run.LogFile, "more");
        Assert.AreEqual("log.txt: its content does not match its checksum", RunSeal.Check(run, run.ReadRecord()!).Single().ToString());
    }

    [TestMethod]
    public void Builds_of_one_version_are_different_code_and_versions_of_one_revision_are_not()
    {
        static Dictionary<string, string> Code(params (string Package, string Code)[] all) => all.ToDictionary(a => a.Package, a => a.Code);
        var one = Code(("a", "1.0 sha256:" + new string('1', 64)));
        Assert.IsNull(PluginCode.Difference(one, one));
        Assert.AreEqual(
            "a 1.0 was another build (111111111111, not 222222222222)",
            PluginCode.Difference(one, Code(("a", "1.0 sha256:" + new string('2', 64))))
        );
        Assert.IsNull(
            PluginCode.Difference(one, Code(("a", "1.1 sha256:" + new string('2', 64)))),
            "a version that keeps the revision promises the same results"
        );
        Assert.Contains(
            "a 1.0",
            PluginCode.Difference(one, Code(("b", "1.0 sha256:" + new string('1', 64))))!,
            "a component of another package"
        );
        Assert.IsNull(PluginCode.Difference(Code(), one), "records of before code was kept say nothing");
    }

    private static RunFolder Done(TemporaryFolder folder, out string id)
    {
        id = Specs.Sat.Id();
        var run = RunFolder.For(folder.Path, id);
        Directory.CreateDirectory(run.Path);
        var final = new Dictionary<string, double> { ["loss"] = 0.25, ["test-accuracy"] = 0.5 };
        File.WriteAllText(
            run.MetricsFile,
            SatJson.Write(new MetricsRow(1, new Dictionary<string, double> { ["loss"] = 1.5 }))
                + "\n"
                + SatJson.Write(new MetricsRow(2, final))
                + "\n"
        );
        run.WriteRecord(
            new RunRecord
            {
                Id = id,
                Spec = Specs.Sat,
                Status = RunStatus.Done,
                Final = final,
                Outputs = new Dictionary<string, string> { ["metrics.jsonl"] = ChecksumList.PathFor(run.MetricsFile) },
            }
        );
        return run;
    }
}
