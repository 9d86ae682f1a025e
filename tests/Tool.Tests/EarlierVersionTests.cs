using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>The output folder of a sweep that version 0.1.0 made, when records had no checksums.</summary>
[TestClass]
public sealed class EarlierVersionTests
{
    private static readonly string Earlier = Path.Combine(Places.Repository, "tests", "Tool.Tests", "Earlier", "0.1.0");

    [TestMethod]
    public async Task What_an_earlier_version_made_is_listed_reported_verified_and_not_made_again()
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        var before = Told.Contents(Path.Combine(workshop.Folder, "out", "6286a36acda2"));

        var list = await workshop.Sat("runs", "list", "--in", "out", "--json");
        Assert.AreEqual(ExitCode.Fine, list.ExitCode, list.Error);
        Assert.Contains("\"status\": \"done\"", list.Out);
        var verify = await workshop.Sat("runs", "verify", "--in", "out");
        Assert.AreEqual(ExitCode.Fine, verify.ExitCode, verify.Out);
        Assert.Contains("nothing is damaged", verify.Error);
        Assert.Contains("2 not sealed", verify.Error);
        var plan = await workshop.Sat("plan", "study.yaml", "--out", "out");
        Assert.Contains("2 runs, 2 done, 0 to do", plan.Out, "the same study gives the same ids");
        var report = await workshop.Sat("report", "out");
        Assert.AreEqual(ExitCode.Fine, report.ExitCode, report.Error);
        var sweep = await workshop.Sat("sweep", "study.yaml", "--out", "out");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 2 done before", sweep.Error);
        Told.Untouched(before, Path.Combine(workshop.Folder, "out", "6286a36acda2"));
    }

    /// <summary>To the bit where the processor has the same vector instructions; else the command says which condition differs.</summary>
    [TestMethod]
    public async Task A_run_that_an_earlier_version_made_is_reproduced()
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        var again = await workshop.Sat("reproduce", "6286a36acda2", "--in", "out");
        if (again.Out.StartsWith("identical", StringComparison.Ordinal))
            Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        else
            Assert.MatchesRegex("cpu|convolution-kernels", again.Out, "nothing but the processor, and what is allowed of it, can differ");
    }

    [TestMethod]
    [DataRow("\"alpha\": 0.9", "\"alpha\": 0.8", "its specification is not the one of the run")]
    [DataRow("\"test-accuracy\": 0.1", "\"test-accuracy\": 0.9", "last line is not the outcome")]
    public async Task An_edited_record_of_an_earlier_version_is_not_believed(string was, string becomes, string told)
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        var record = Path.Combine(workshop.Folder, "out", "9980ffdab72d", "run.json");
        var text = await File.ReadAllTextAsync(record);
        Assert.Contains(was, text);
        await File.WriteAllTextAsync(record, text.Replace(was, becomes, StringComparison.Ordinal));
        foreach (var command in new[] { "list", "export", "verify" })
        {
            var outcome = await workshop.Sat("runs", command, "--in", "out");
            Assert.AreEqual(ExitCode.Environment, outcome.ExitCode, command);
            Assert.Contains(told, outcome.Error + outcome.Out);
        }
    }
}
