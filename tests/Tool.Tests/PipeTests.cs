using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Output that nobody reads, as a shell makes it.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "the redirections are a Unix shell's")]
public sealed class PipeTests
{
    [TestMethod]
    [DataRow("plan tiny.yaml")]
    [DataRow("plan tiny.yaml --json")]
    [DataRow("plugin list")]
    [DataRow("plugin show sat")]
    [DataRow("--help")]
    public async Task A_reader_that_went_away_is_no_error(string command)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2, 3]");
        // The reader is gone long before the tool has anything to say.
        var outcome = await Shell(workshop, $"sat {command} | true; exit ${{PIPESTATUS[0]}}");
        Assert.AreEqual((ExitCode.Fine, "", ""), (outcome.ExitCode, outcome.Out, outcome.Error));
    }

    [TestMethod]
    public async Task The_first_line_is_had_with_head()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2, 3]");
        var outcome = await Shell(workshop, "sat plan tiny.yaml | head -n 1; exit ${PIPESTATUS[0]}");
        Assert.AreEqual((ExitCode.Fine, ""), (outcome.ExitCode, outcome.Error));
        Assert.AreEqual("all:", outcome.Out.Split(' ')[0]);
        Assert.HasCount(1, outcome.Out.TrimEnd('\n').Split('\n'));
    }

    [TestMethod]
    [DataRow("sat sweep tiny.yaml --threads 1 2>&1 | true; exit ${PIPESTATUS[0]}", DisplayName = "a reader of both that went away")]
    [DataRow(
        "exec 3>&1; { sat sweep tiny.yaml --threads 1 2>&1 >&3; } | true; exit ${PIPESTATUS[0]}",
        DisplayName = "a reader of standard error that went away"
    )]
    [DataRow("sat sweep tiny.yaml --threads 1 >&-", DisplayName = "standard output closed")]
    [DataRow("sat sweep tiny.yaml --threads 1 2>&-", DisplayName = "standard error closed")]
    [DataRow("sat sweep tiny.yaml --threads 1 <&- >&- 2>&-", DisplayName = "all closed")]
    [DataRow("sat sweep tiny.yaml --threads 1 2>/dev/full", DisplayName = "standard error on a full disk")]
    public async Task A_sweep_that_nobody_listens_to_makes_its_runs_and_its_report(string command)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        var outcome = await Shell(workshop, command);

        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);
        Assert.DoesNotContain("error: ", outcome.Error);
        var run = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs.Single().Id);
        Assert.AreEqual(RunStatus.Done, run.ReadRecord()!.Status);
        Assert.AreEqual("", await File.ReadAllTextAsync(run.LogFile));
        Assert.IsTrue(File.Exists(Path.Combine(workshop.Folder, "runs", "tiny", "report.html")));
    }

    [TestMethod]
    [DataRow("sat plan none.yaml >&-")]
    [DataRow("sat plan none.yaml 2>&-")]
    [DataRow("sat plan none.yaml <&- >&- 2>&-")]
    [DataRow("sat plan none.yaml 2>/dev/full")]
    public async Task An_error_that_nobody_can_read_still_has_its_exit_code(string command)
    {
        using var workshop = new Workshop();
        Assert.AreEqual(ExitCode.Planning, (await Shell(workshop, command)).ExitCode);
    }

    [TestMethod]
    public async Task Data_that_do_not_fit_on_the_disk_are_an_error()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        Told.InOneSentence(
            await Shell(workshop, "sat plan tiny.yaml --json >/dev/full"),
            ExitCode.Environment,
            "standard output cannot be written",
            "No space left"
        );
    }

    /// <summary>Runs a line of bash, in which <c>sat</c> is the tool.</summary>
    private static async Task<Outcome> Shell(Workshop workshop, string line)
    {
        using var process = workshop.Start(
            ["bash", "-c", $"tool=(\"$@\"); sat() {{ exec \"${{tool[@]}}\" \"$@\"; }}; ( {line} )", "bash", .. workshop.Program],
            workshop.Folder
        );
        return await Workshop.End(process);
    }
}
