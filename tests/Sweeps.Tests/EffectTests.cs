using Sat.Sweeps.Planning;

namespace Sat.Sweeps.Tests;

/// <summary>Options that have no effect in their run, by the rules that components bring along.</summary>
[TestClass]
public class EffectTests
{
    private const string Remedy = "To run it as it is, say 'allow-no-effect: true' in the study, or --allow-no-effect.";

    [TestMethod]
    [DataRow(10)]
    [DataRow(2)]
    public void A_default_that_comes_after_the_last_epoch_is_an_error_where_the_component_is_named(int epochs)
    {
        var problem = Studying.Problems($"matrix:\n  method: [plain, late]\n  training.epochs: [{epochs}, 11]\n").Single();
        Assert.AreEqual(
            $"study.yaml:7: late would begin at epoch 10 of {epochs}: method.begin has no effect. Give less than training.epochs, or a share of it such as begin: 30%. {Remedy}",
            problem
        );
    }

    [TestMethod]
    public void It_is_an_error_in_the_line_of_the_option_and_of_an_override()
    {
        Assert.StartsWith(
            "study.yaml:8: late would begin at epoch 30 of 20:",
            Studying.Problems("include:\n  - training.epochs: 20\n    method: { id: late, begin: 30 }\n").Single()
        );
        Assert.StartsWith(
            "--set: late would begin at epoch 25 of 20:",
            Studying.Problems("matrix: { method: [late], training.epochs: [20] }\n", "method.begin=25").Single()
        );
    }

    [TestMethod]
    public void Told_to_run_it_a_study_is_planned_and_warned_of()
    {
        const string text = "matrix: { method: [late], training.epochs: [2], training.batch-size: [50] }\n";
        var allowed = Studying.Plan(
            text,
            new PlanOptions
            {
                DataRoot = "/nowhere",
                Tool = "test",
                AllowNoEffect = true,
            }
        );
        Assert.AreEqual("late would begin at epoch 10 of 2: method.begin has no effect.", allowed.Warnings.Single());
        var saying = Studying.Plan("allow-no-effect: true\n" + text);
        CollectionAssert.AreEqual(allowed.Warnings.ToArray(), saying.Warnings.ToArray());
        Assert.AreEqual(allowed.Runs.Single().Id, saying.Runs.Single().Id);
        Assert.HasCount(1, Studying.Problems("allow-no-effect: false\n" + text));
        StringAssert.Contains(Studying.Problems("allow-no-effect: perhaps\n" + text)[0], "'allow-no-effect' must be true or false");
        StringAssert.EndsWith(
            Studying.Problems("allow-no-effect: yes\n" + text)[0],
            "'allow-no-effect' must be true or false: write true."
        );
        Assert.HasCount(1, Studying.Plan("allow-no-effect: True\n" + text).Runs);
    }

    [TestMethod]
    public void A_preset_that_shortens_the_runs_tries_a_study_out_all_the_same()
    {
        const string text = "matrix: { method: [{ id: late, begin: 30 }], training.epochs: [200], training.batch-size: [50] }\n";
        var plan = Studying.Plan("preset: smoke\n" + text);
        Assert.AreEqual("late would begin at epoch 30 of 2: method.begin has no effect.", plan.Warnings.Single());
        Assert.IsEmpty(Studying.Plan("preset: paper\n" + text).Warnings);
        Assert.HasCount(1, Studying.Problems("preset: paper\n" + text, "training.epochs=20"), "this one leaves a study as it is");
    }

    [TestMethod]
    public void A_share_is_the_epoch_that_it_comes_to()
    {
        string[] Begins(string text, params string[] overrides) => Studying.Plan(text, overrides).Texts("training.epochs", "method.begin");
        const string text = "matrix: { training.epochs: [24, 10, 200], method: [{ id: late, begin: 30% }] }\n";
        CollectionAssert.AreEqual(new[] { "24 7", "10 3", "200 60" }, Begins(text));
        CollectionAssert.AreEqual(new[] { "2 0" }, Begins("preset: smoke\n" + text), "a share follows a preset");
        CollectionAssert.AreEqual(
            new[] { "200 25" },
            Begins("matrix: { method: [late] }\n", "method.begin=12.5 %"),
            "epochs that a study does not give are the default"
        );
        Assert.AreEqual(
            Studying.Plan("matrix: { training.epochs: [24], method: [{ id: late, begin: 7 }] }\n").Runs.Single().Id,
            Studying.Plan("matrix: { training.epochs: [24], method: [{ id: late, begin: 30% }] }\n").Runs.Single().Id
        );
    }

    [TestMethod]
    public void A_share_of_what_is_wrong_is_no_error_of_its_own()
    {
        var problem = Studying.Problems("matrix: { training.epochs: [ten], method: [{ id: late, begin: 30% }] }\n").Single();
        Assert.Contains("'epochs' must be an integer >= 1, but is 'ten'", problem);
    }

    [TestMethod]
    public void A_default_can_be_a_share()
    {
        CollectionAssert.AreEqual(
            new[] { "20 3", "200 30", "41 6" },
            Studying
                .Plan("matrix: { training.epochs: [20, 200, 41], method: [{ id: late, begin: 1 }] }\n")
                .Texts("training.epochs", "method.warm-up")
        );
        Assert.AreEqual(
            Studying.Plan("matrix: { training.epochs: [41], method: [{ id: late, begin: 1 }] }\n").Runs.Single().Id,
            Studying.Plan("matrix: { training.epochs: [41], method: [{ id: late, begin: 1, warm-up: 6 }] }\n").Runs.Single().Id
        );
        StringAssert.Contains(
            Studying.Problems("matrix: { training.epochs: [20], method: [{ id: late, begin: 1, warm-up: 30 }] }\n").Single(),
            "method.warm-up is 30 of 20"
        );
    }

    [TestMethod]
    public void Each_of_several_can_be_a_share_and_each_has_to_have_an_effect()
    {
        Assert.AreEqual(
            "[15,90]",
            Studying
                .Plan("matrix: { training.epochs: [100], training.schedule: [{ id: drops, at: [15, 90%] }] }\n")
                .Texts("training.schedule.at")
                .Single()
        );
        StringAssert.Contains(
            Studying.Problems("matrix: { training.epochs: [100], training.schedule: [{ id: drops, at: [15, 100%, 300] }] }\n").Single(),
            "training.schedule.at is 100, 300 of 100 (training.epochs): it has no effect."
        );
    }

    [TestMethod]
    [DataRow("{ id: late, begin: 1, end: 30% }", "'end' must be an integer >= 0, but is '30%'")]
    [DataRow("{ id: late, begin: -5% }", "'begin' must be an integer >= 0, or a share of training.epochs such as 30%, but is '-5%'")]
    [DataRow("{ id: late, begin: x% }", "but is 'x%'")]
    [DataRow("{ id: late, begin: 150% }", "late would begin at epoch 300 of 200")]
    [DataRow("{ id: adaptive, alpha: 30% }", "'alpha' must be a number in [0, 1], but is '30%'")]
    public void What_takes_no_share_or_no_such_share_says_so(string method, string part) =>
        StringAssert.Contains(Studying.Problems($"matrix: {{ method: [{method}] }}\n").Single(), part);

    [TestMethod]
    public void Options_can_depend_on_others_of_their_component_and_of_the_run()
    {
        string[] Problems(string cell) => Studying.Problems($"matrix: {{ training.epochs: [40], {cell} }}\n");
        StringAssert.Contains(
            Problems("method: [{ id: late, pause: 20 }]").Single(),
            "method.pause is 20 of 20 (method.end): it has no effect. Give less than method.end"
        );
        StringAssert.Contains(
            Problems("method: [{ id: late, curve: 2 }]").Single(),
            "method.curve has no effect while method.gain is 0. Leave method.curve out, or give method.gain."
        );
        StringAssert.Contains(
            Problems("model: [plain], method: [{ id: late, by-width: true }]").Single(),
            "method.by-width has no effect without model.width."
        );
        Assert.HasCount(
            3,
            Studying
                .Plan(
                    "matrix: { training.epochs: [40], method: [{ id: late, curve: 2, gain: 1, pause: 19 }, { id: late, curve: 1 }, { id: late, by-width: true }] }\n"
                )
                .Runs
        );
    }

    [TestMethod]
    public void A_part_that_is_turned_off_in_so_many_words_is_an_ablation_and_warned_of()
    {
        var plan = Studying.Plan(
            "matrix: { training.epochs: [40], training.batch-size: [50], method: [{ id: late, curve: 2, gain: [0, 1] }] }\n"
        );
        Assert.HasCount(2, plan.Runs);
        Assert.AreEqual("method.curve has no effect while method.gain is 0.", plan.Warnings.Single());
    }

    [TestMethod]
    public void An_evaluation_while_training_that_is_not_named_has_no_rhythm() =>
        StringAssert.Contains(
            Studying.Problems("matrix: { training: [{ probe-every: 2 }] }\n").Single(),
            "training.probe-every has no effect without training.probe"
        );
}
