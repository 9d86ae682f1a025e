using Sat.Records;
using Sat.Records.Plans;
using Sat.Reports.Published;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>A report compares with the published values that its plan froze.</summary>
[TestClass]
public sealed class FrozenBaselineTests
{
    [TestMethod]
    public void What_becomes_of_the_file_later_changes_no_report()
    {
        using var output = new OutputFolder { Baselines = ["mine.yaml"] };
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.5);
        using var study = new TemporaryFolder();
        var file = study.Write("mine.yaml", BaselineLibrary.Freeze("label-noise").Text);
        output.Published.Add(BaselineLibrary.Freeze("mine.yaml", study.Path));
        File.WriteAllText(file, "schema: 7\n");
        output.WritePlan();

        var sources = ReportWriter.Write(output.Path).Document.Sources;
        Assert.AreEqual("mine.yaml", Plan.Read(output.Path)!.Published.Single().Name);
        Assert.IsNotEmpty(sources);
    }

    [TestMethod]
    public void The_hash_is_that_of_the_text_and_values_that_cannot_be_read_are_not_frozen()
    {
        using var study = new TemporaryFolder();
        study.Write("abc.yaml", "abc");
        Assert.AreEqual(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            FrozenBaselines.Freeze("abc.yaml", "abc").Sha256
        );
        var error = Assert.ThrowsExactly<SatException>(() => BaselineLibrary.Freeze("abc.yaml", study.Path));
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        StringAssert.Contains(error.Message, "a file of published values is a map of names to values");
    }
}
