using Sat.Tool.Display;

namespace Sat.Tool.Tests;

/// <summary>What a narrow terminal shows of a list.</summary>
[TestClass]
public sealed class TextTableTests
{
    private static readonly TextTable Runs = new(
        [
            "id",
            "method.adjust-for-width",
            "method.alpha",
            "method.id",
            "method.start-epoch",
            "noise.rate",
            "seed",
            "training.optimizer.lr",
            "status",
            "accuracy",
        ],
        [
            ["0d12f0d3ec2b", "false", "0.7", "sat", "60", "0.2", "1", "0.1", "done", "93.38 %"],
            ["17050c99cddf", "false", "0.9", "sat", "60", "0.4", "2", "0.05", "done", "91.02 %"],
            ["0f301a3d844b", "-", "-", "erm", "-", "0.2", "1", "0.1", "done", "86.25 %"],
        ]
    );

    [TestMethod]
    [DataRow(140, "")]
    [DataRow(110, "method.adjust-for-width")]
    [DataRow(92, "method.adjust-for-width, training.optimizer.lr")]
    [DataRow(80, "method.adjust-for-width, method.start-epoch, training.optimizer.lr")]
    [DataRow(70, "method.adjust-for-width, method.alpha, method.start-epoch, training.optimizer.lr")]
    [DataRow(60, "method.adjust-for-width, method.alpha, method.start-epoch, training.optimizer.lr")]
    [DataRow(55, "method.adjust-for-width, method.alpha, method.start-epoch, seed, training.optimizer.lr")]
    [DataRow(20, "method.adjust-for-width, method.alpha, method.start-epoch, noise.rate, seed, training.optimizer.lr")]
    public void A_list_of_runs_goes_without_its_widest_columns_first_and_without_rate_and_seed_last(int columns, string without)
    {
        var shown = Runs.Fit(columns, RunColumns.Spare(Runs, [], []), out var left);
        Assert.AreEqual(without, string.Join(", ", left.Order(StringComparer.Ordinal)));
        Assert.HasCount(Runs.Header.Count - left.Count, shown.Header);
        using var text = new StringWriter();
        shown.Write(text);
        if (columns > 50)
            Assert.IsLessThanOrEqualTo(columns, text.ToString().Split(Environment.NewLine).Max(l => l.Length));
    }

    [TestMethod]
    public void Results_go_before_the_settings_that_tell_rows_apart()
    {
        var evaluated = new TextTable(
            ["id", "method.id", "evaluation.id", "status", "autoattack-accuracy", "robust-accuracy", "test-accuracy"],
            [
                ["00acb0b8cb3d", "pgd-at", "autoattack", "done", "0.00 %", "-", "-"],
            ]
        );
        string[] results = ["autoattack-accuracy", "robust-accuracy", "test-accuracy"];
        evaluated.Fit(80, RunColumns.Spare(evaluated, [], results), out var left);
        CollectionAssert.AreEqual(new[] { "autoattack-accuracy" }, left.ToArray());
        evaluated.Fit(80, RunColumns.Spare(evaluated, results, results), out left);
        CollectionAssert.AreEqual(new[] { "evaluation.id" }, left.ToArray());
    }

    [TestMethod]
    public void A_list_of_runs_has_the_columns_that_tell_runs_of_one_component_apart()
    {
        // Reweighting tells sat from erm, whose names do; the rate is looked for first, and shown with one noise beside none.
        string?[][] runs =
        [
            ["sat", "0.7", "true", "symmetric", "0.4", "sgd", "1"],
            ["sat", "0.9", "true", "symmetric", "0.4", "sgd", "2"],
            ["erm", null, null, "none", null, "sgd", "1"],
        ];
        string[] names = ["method.id", "method.alpha", "method.reweight", "noise.id", "noise.rate", "training.optimizer.id", "seed"];
        Assert.AreEqual(
            "method.id method.alpha noise.id noise.rate seed",
            string.Join(' ', RunColumns.Telling(names, runs, (run, name) => run[Array.IndexOf(names, name)]))
        );
    }

    [TestMethod]
    public void What_was_asked_for_stays_and_a_long_name_over_numbers_is_shortened_before_it_goes()
    {
        Runs.Fit(60, RunColumns.Spare(Runs, ["method.adjust-for-width"], []), out var left);
        Assert.DoesNotContain("method.adjust-for-width", left);
        var shown = Runs.Fit(108, RunColumns.Spare(Runs, [], []), out _);
        Assert.AreEqual("traini..er.lr", shown.Header[6], string.Join(' ', shown.Header));
        Assert.AreEqual("0.05", shown.Rows[1][6]);
    }

    [TestMethod]
    public void In_a_pipe_no_column_goes_missing_and_a_single_long_text_widens_no_other_row()
    {
        var path = string.Concat(Enumerable.Repeat("/a-long-folder", 20));
        var table = new TextTable(
            ["id", "dataset.path", "status"],
            [
                ["1", path, "done"],
                ["2", "photos", "done"],
            ]
        );
        using var text = new StringWriter { NewLine = "\n" };
        table.Fit(null, ["dataset.path"], out var left).Write(text);
        Assert.IsEmpty(left);
        var lines = text.ToString().Split('\n');
        Assert.AreEqual($"1   {path}  done", lines[1], "no text is cut");
        Assert.AreEqual($"2   {"photos".PadRight(32)}  done", lines[2]);
    }

    [TestMethod]
    public void A_row_too_long_for_the_terminal_has_its_last_texts_beneath_it_and_all_others_stay_lines()
    {
        var table = new TextTable(
            ["what", "name", "0123456789ab", "456789abcdef"],
            [
                ["setting", "seed", "1", "2"],
                ["condition", "cpu", "a processor of one maker with many words", "a processor of another"],
                ["setting", "parent", "-", new string('f', 64)],
            ]
        );
        using var text = new StringWriter { NewLine = "\n" };
        new NarrowTable(table, last: 2).Write(text, 50);
        Assert.AreEqual(
            """
            what       name    0123456789ab  456789abcdef
            setting    seed    1             2
            condition  cpu
                0123456789ab  a processor of one maker with
                              many words
                456789abcdef  a processor of another
            setting    parent
                0123456789ab  -
                456789abcdef
                  ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff

            """,
            text.ToString()
        );
    }
}
