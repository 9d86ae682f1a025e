using System.Text.RegularExpressions;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Terminals of odd sizes and kinds, and an environment that lacks what is usually there.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "terminals are made with Linux's programs")]
public sealed class TerminalTests
{
    [TestMethod]
    [DataRow(200)]
    [DataRow(120)]
    [DataRow(80)]
    [DataRow(60)]
    [DataRow(20)]
    [DataRow(1)]
    public async Task The_live_display_is_one_line_a_run_on_a_terminal_of_any_width(int columns)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("training.optimizer.lr: [0.1, 0.01]", training: "epochs: 40, batch-size: 32");
        using var terminal = new Typewriter(workshop, columns, "sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");
        var (exitCode, shown) = await terminal.End();

        Assert.AreEqual(ExitCode.Fine, exitCode, shown);
        Assert.Contains("runs: 2 done", shown);
        Assert.DoesNotContain("error", shown);
        Assert.DoesNotContain("epoch /", shown);
        Assert.IsGreaterThan(
            shown.LastIndexOf("\u001b[?25l", StringComparison.Ordinal),
            shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal),
            "the cursor is shown again"
        );
        if (columns < 60)
            return;
        // Beside the display, only what is known at the end may take more than a line: the report's path.
        var display = shown[..shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal)];
        var screen = Screen.Of(display, columns);
        Assert.AreEqual(0, screen.Wrapped, display);
        string[] lines = [.. screen.Frames.SelectMany(f => f)];
        AssertShown(lines, @"^erm lr=0\.1 .*epoch \d+/40 .* [━─]{10,20} +\d+ % +\d+:\d\d$");
        AssertShown(lines, @"^erm lr=0\.01 .*epoch \d+/40 .* [━─]{10,20} +\d+ % +\d+:\d\d$");
        // The total moves on while no run has ended yet, and promises nothing before something was measured.
        AssertShown(lines, @"^0/2 runs .* [━─]{10,20} +[1-9]\d? % +\d+:\d\d$");
        Assert.IsFalse(
            lines.Any(l => Regex.IsMatch(l, @"^0/2 runs .* 0 % +0:00$", RegexOptions.None, TimeSpan.FromSeconds(1))),
            string.Join('\n', lines)
        );
        Assert.Contains("2 runs: shapes, no noise, small-conv", shown);
    }

    [TestMethod]
    public async Task An_evaluation_is_shown_as_such_and_not_as_an_epoch()
    {
        using var workshop = new Workshop();
        var study = workshop.WriteStudy("seed: [1]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1")).ExitCode);
        // Batches enough that the display is drawn between them.
        await File.AppendAllTextAsync(study, "\nevaluate: [ { id: pgd, steps: 200, batch-size: 2 } ]\n");
        using var terminal = new Typewriter(workshop, 120, "sweep", "tiny.yaml", "--threads", "1");
        var (exitCode, shown) = await terminal.End();

        Assert.AreEqual(ExitCode.Fine, exitCode, shown);
        string[] lines = [.. Screen.Of(shown, 120).Frames.SelectMany(f => f)];
        AssertShown(lines, @"^pgd of erm +evaluating ");
        Assert.DoesNotContain("epoch 1/1", shown);
    }

    private static void AssertShown(string[] lines, string pattern) =>
        Assert.IsTrue(
            lines.Any(l => Regex.IsMatch(l, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))),
            $"{pattern}\n{string.Join('\n', lines.Distinct().Take(40))}"
        );

    [TestMethod]
    public async Task What_is_warned_of_and_what_is_wrong_comes_in_whole_words_and_before_training_ends()
    {
        using var workshop = new Workshop();
        // Only the worker knows how many samples a folder has.
        foreach (var name in new[] { "a/1", "a/2", "a/3", "b/1", "b/2", "b/3" })
            workshop.Write(
                $"photos/{name}.ppm",
                $"P3 8 8 255 {string.Join(' ', Enumerable.Range(0, 192).Select(i => i * name[^1] % 256))}\n"
            );
        string[] run = ["run", "--dataset", "image-folder", "--model", "small-conv", "--method", "erm", "--epochs", "2", "--threads", "1"];
        string[] options = ["--set", "dataset.path=photos", "--set", "dataset.size=8", "--set", "model.width=4"];
        using (var terminal = new Typewriter(workshop, 60, [.. run, .. options]))
        {
            var shown = Plain((await terminal.End()).Shown);
            Assert.Contains("note: dataset 'image-folder' in photos: 6 files in 2\n  folders, one for each class,", shown);
            Assert.Contains("warning: 4 training samples are less than a batch of 256:\n  each epoch is a single step.", shown);
            Assert.IsLessThan(
                shown.IndexOf("test accuracy", StringComparison.Ordinal),
                shown.IndexOf("warning: ", StringComparison.Ordinal),
                shown
            );
            Assert.Contains("report: ", shown);
        }
        using var wrong = new Typewriter(workshop, 60, [.. run, "--set", "dataset.bath=1"]);
        Assert.Contains(
            "error: --set: no dataset of the run has an option 'bath'.\n  Did you mean 'path'?",
            Plain((await wrong.End()).Shown)
        );
    }

    /// <summary>What is shown, without colours and moves, nor the blanks that cover what was there before.</summary>
    private static string Plain(string shown) =>
        Regex.Replace(
            Regex.Replace(shown, @"\u001b\[[0-9;?]*[a-zA-Z]", "", RegexOptions.None, TimeSpan.FromSeconds(1)).ReplaceLineEndings("\n"),
            @" +\n",
            "\n",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    [TestMethod]
    public async Task What_is_listed_fits_a_terminal_of_80_columns()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ erm, { id: sat, start-epoch: 0 } ]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1")).ExitCode);
        string[] ids = [.. workshop.Plan("runs/tiny").Runs.Select(r => r.Id[..12])];
        // Another machine's conditions, in more words than a line has.
        var run = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[1].Id);
        var record = run.ReadRecord()!;
        var other = record.Environment! with { Cpu = string.Join(' ', Enumerable.Repeat("processor", 12)) };
        run.WriteRecord(record with { Environment = other });
        foreach (
            var command in (string[][])
                [
                    ["doctor"],
                    ["backend", "list"],
                    ["data", "list"],
                    ["runs", "list"],
                    ["runs", "show", ids[0]],
                    ["runs", "diff", .. ids],
                ]
        )
        {
            using var terminal = new Typewriter(workshop, 80, command);
            var shown = Plain((await terminal.End()).Shown);
            // A path or a checksum stays whole, in a line of its own.
            var tooLong = shown.Split('\n').Where(l => l.Length > 80 && l.Trim().Contains(' ', StringComparison.Ordinal));
            Assert.AreEqual("", string.Join('\n', tooLong), string.Join(' ', command));
        }
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
            [
                "env",
                "-u",
                "HOME",
                "-u",
                "TERM",
                "-u",
                "LANG",
                "-u",
                "USER",
                "TMPDIR=/nonexistent",
                "bash",
                "-c",
                "exec \"$@\" <&-",
                "bash",
                .. workshop.Program,
                "sweep",
                "tiny.yaml",
                "--threads",
                "1",
            ],
            workshop.Folder
        );
        var sweep = await Workshop.End(process);
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 1 done", sweep.Error);
        Assert.DoesNotContain("warning", sweep.Error);
    }
}
