using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Records.Tests;

[TestClass]
public class RunFolderTests
{
    [TestMethod]
    public void A_summary_is_what_the_record_says()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.Path);
        Assert.IsNull(run.ReadSummary(Specs.Sat.Id()));
        var record = new RunRecord
        {
            Id = Specs.Sat.Id(),
            Spec = Specs.Sat,
            Status = RunStatus.Diverged,
            ExitCode = ExitCode.RunFailed,
            ImagesPerSecond = 1234.5,
            Data = new RunData
            {
                Classes = ["a", "b"],
                ImageShape = [3, 8, 8],
                Train = 45000,
                Validation = 5000,
                Test = 10000,
            },
        };
        foreach (
            var written in new[]
            {
                record,
                record with
                {
                    ExitCode = null,
                    ImagesPerSecond = null,
                    Data = null,
                    Status = RunStatus.Running,
                },
            }
        )
        {
            run.WriteRecord(written);
            Assert.AreEqual(SatJson.Write(RunSummary.From(written)), SatJson.Write(run.ReadSummary(Specs.Sat.Id())));
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("""{"schema":1,"status":"done","spec":{"sch""")]
    [DataRow("""{"status":"finished"}""")]
    public void A_damaged_record_is_told_with_its_path(string text)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("run.json", text);
        Assert.Contains(path, Refused.With(ExitCode.Environment, () => new RunFolder(folder.Path).ReadSummary(Specs.Sat.Id())));
    }

    [TestMethod]
    public void The_record_of_another_run_is_told_as_such()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.Path);
        run.WriteRecord(
            new RunRecord
            {
                Id = Specs.Sat.Id(),
                Spec = Specs.Sat,
                Status = RunStatus.Done,
            }
        );
        var other = (Specs.Sat with { Seed = 99 }).Id();
        foreach (var read in new Action[] { () => run.ReadSummary(other), () => run.ReadRecord(other) })
            Assert.StartsWith(
                $"{run.RecordFile}: this is the record of another run, {Specs.Sat.Id()}.",
                Refused.With(ExitCode.Environment, read)
            );
        Assert.IsNotNull(run.ReadRecord(Specs.Sat.Id()));
    }
}
