using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Terminals of odd sizes and kinds, and an environment that lacks what is usually there.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "terminals are made with Linux's programs")]
public sealed class TerminalTests
{
    [TestMethod]
    [DataRow(120)]
    [DataRow(20)]
    [DataRow(1)]
    public async Task The_live_display_survives_a_terminal_of_any_width(int columns)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("training.epochs: [40, 1]");
        using var terminal = new Typewriter(workshop, columns, "sweep", "tiny.yaml", "--threads", "1");
        var (exitCode, shown) = await terminal.End();

        Assert.AreEqual(ExitCode.Fine, exitCode, shown);
        Assert.Contains("runs: 2 done", shown);
        Assert.DoesNotContain("error", shown);
        Assert.DoesNotContain("epoch /", shown);
        Assert.IsGreaterThan(shown.LastIndexOf("\u001b[?25l", StringComparison.Ordinal), shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal), "the cursor is shown again");
        if (columns == 120)
            Assert.Contains("epoch ", shown);
    }

    [TestMethod]
    public async Task A_dumb_terminal_gets_plain_lines()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        workshop.Variables["TERM"] = "dumb";
        using var terminal = new Typewriter(workshop, "sweep", "tiny.yaml", "--threads", "1");
        var (exitCode, shown) = await terminal.End();

        Assert.AreEqual(ExitCode.Fine, exitCode, shown);
        Assert.DoesNotContain("\u001b", shown);
        Assert.Contains("epoch 1/1 loss ", shown);
    }

    [TestMethod]
    public async Task Neither_a_home_nor_a_folder_for_temporary_files_nor_standard_input_is_needed()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        using var process = workshop.Start(
            ["env", "-u", "HOME", "-u", "TERM", "-u", "LANG", "-u", "USER", "TMPDIR=/nonexistent", "bash", "-c", "exec \"$@\" <&-", "bash", .. workshop.Program, "sweep", "tiny.yaml", "--threads", "1"],
            workshop.Folder);
        var sweep = await Workshop.End(process);
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 1 done", sweep.Error);
        Assert.DoesNotContain("warning", sweep.Error);
    }
}
