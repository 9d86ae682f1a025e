using Sat.Records;

namespace Sat.Sweeps.Tests;

[TestClass]
public class MatrixTests
{
    [TestMethod]
    public void The_example_of_the_grammar_gives_its_cells_in_the_order_of_the_matrix()
    {
        var plan = Studying.Plan(
            """
            name: label-noise
            defaults:
              dataset: { id: colours }
              model:   { id: small }
              training: { epochs: 200, batch-size: 256, optimizer: { id: sgd, lr: 0.1, momentum: 0.9 }, schedule: { id: cosine } }
            matrix:
              method: [ { id: plain }, { id: adaptive, alpha: 0.8, start-epoch: 60 } ]
              noise:  [ { id: none }, { id: blur, rate: [0.2, 0.4, 0.6, 0.8] } ]
              seed:   [1, 2]
            exclude: [ { method: { id: plain }, noise: { rate: 0.60 } } ]
            include: [ { method: { id: adaptive, alpha: 0.7 }, noise: { id: blur, rate: 0.4 }, seed: 1 } ]
            """
        );
        Assert.AreSequenceEqual(
            new[]
            {
                "plain - - 1",
                "plain - - 2",
                "plain - 0.2 1",
                "plain - 0.2 2",
                "plain - 0.4 1",
                "plain - 0.4 2",
                "plain - 0.8 1",
                "plain - 0.8 2",
                "adaptive 0.8 - 1",
                "adaptive 0.8 - 2",
                "adaptive 0.8 0.2 1",
                "adaptive 0.8 0.2 2",
                "adaptive 0.8 0.4 1",
                "adaptive 0.8 0.4 2",
                "adaptive 0.8 0.6 1",
                "adaptive 0.8 0.6 2",
                "adaptive 0.8 0.8 1",
                "adaptive 0.8 0.8 2",
                "adaptive 0.7 0.4 1",
            },
            plan.Texts("method.id", "method.alpha", "noise.rate", "seed")
        );
        Assert.AreSequenceEqual(new[] { "method/adaptive: the source leaves the start open." }, plan.Notes);
    }

    [TestMethod]
    public void Defaults_alone_are_one_run_and_their_lists_are_axes()
    {
        Assert.HasCount(1, Studying.Plan("").Runs);
        var plan = Studying.Plan(
            "name: t\ndefaults: { dataset: colours, model: { id: small, width: [8, 16] }, method: [plain, adaptive], seed: [1, 2] }"
        );
        Assert.AreSequenceEqual(
            new[]
            {
                "8 plain 1",
                "8 plain 2",
                "8 adaptive 1",
                "8 adaptive 2",
                "16 plain 1",
                "16 plain 2",
                "16 adaptive 1",
                "16 adaptive 2",
            },
            plan.Texts("model.width", "method.id", "seed")
        );
    }

    [TestMethod]
    public void Dotted_axes_vary_one_setting_and_apply_above_their_component_whatever_the_order()
    {
        var plan = Studying.Plan(
            """
            matrix:
              noise.rate: [0.1, 0.3]
              training.epochs: [10, 20]
              noise: [blur]
            """
        );
        Assert.AreSequenceEqual(new[] { "0.1 10", "0.1 20", "0.3 10", "0.3 20" }, plan.Texts("noise.rate", "training.epochs"));
    }

    [TestMethod]
    public void Options_of_another_component_do_not_leak_and_those_of_the_same_are_kept()
    {
        var plan = Studying.Plan(
            """
            name: t
            defaults: { dataset: colours, model: { id: small, width: 8 }, method: { id: adaptive, alpha: 0.5 }, training: { optimizer: { id: sgd, lr: 0.3, momentum: 0.5 } } }
            matrix:
              model: [ { id: large }, { width: 9 } ]
              method: [ { id: adaptive, start-epoch: 3 }, plain ]
              training: [ { optimizer: adam }, { optimizer: { lr: 0.2 } } ]
            """
        );
        Assert.AreSequenceEqual(
            new[]
            {
                "large 64 0.5 3 0.001 -",
                "large 64 0.5 3 0.2 0.5",
                "large 64 - - 0.001 -",
                "large 64 - - 0.2 0.5",
                "small 9 0.5 3 0.001 -",
                "small 9 0.5 3 0.2 0.5",
                "small 9 - - 0.001 -",
                "small 9 - - 0.2 0.5",
            },
            plan.Texts(
                "model.id",
                "model.width",
                "method.alpha",
                "method.start-epoch",
                "training.optimizer.lr",
                "training.optimizer.momentum"
            )
        );
    }

    [TestMethod]
    public void A_flat_list_is_the_value_of_a_list_option_and_a_list_of_lists_its_axis()
    {
        Assert.AreSequenceEqual(
            new[] { "[75,90]" },
            Studying
                .Plan("matrix: { training: [ { schedule: { id: steps, milestones: [75, 90] } } ] }")
                .Texts("training.schedule.milestones")
        );
        Assert.AreSequenceEqual(
            new[] { "[75,90]", "[100]" },
            Studying
                .Plan("matrix: { training.schedule: { id: steps, milestones: [[75, 90], [100]] } }")
                .Texts("training.schedule.milestones")
        );
        Assert.AreSequenceEqual(
            new[] { "[75,90]" },
            Studying
                .Plan("matrix: { training.schedule: steps, training.schedule.milestones: [75, 90] }")
                .Texts("training.schedule.milestones")
        );
    }

    [TestMethod]
    public void An_include_is_completed_by_the_defaults_and_may_have_axes()
    {
        var plan = Studying.Plan("include: [ { noise: { id: blur, rate: [0.1, 0.2] }, seed: [1, 2] }, { model: large } ]");
        Assert.AreSequenceEqual(
            new[] { "small 0.1 1", "small 0.1 2", "small 0.2 1", "small 0.2 2", "large - 1" },
            plan.Texts("model.id", "noise.rate", "seed")
        );
    }

    [TestMethod]
    public void An_exclude_matches_defaults_too_and_a_list_in_it_means_any()
    {
        var plan = Studying.Plan(
            """
            matrix: { method: [plain, adaptive], seed: [1, 2, 3] }
            exclude: [ { method: { id: adaptive, alpha: 9e-1 }, seed: [2, 3] } ]
            """
        );
        Assert.AreSequenceEqual(new[] { "plain 1", "plain 2", "plain 3", "adaptive 1" }, plan.Texts("method.id", "seed"));
    }

    [TestMethod]
    [DataRow("matrix: { seed: [1, 2] }\nexclude: [ { seed: 3 } ]", "study.yaml:7: this exclude matches no cell of the matrix.")]
    [DataRow("matrix: { seed: [1] }\nexclude: [ { seed: 1 } ]", "study.yaml:6: nothing is left to run")]
    [DataRow("matrix: { seed: [] }", "study.yaml:6: the axis 'seed' has no values")]
    [DataRow("matrix: { noise: { id: blur, rate: [] } }", "study.yaml:6: 'noise.rate' is an empty list")]
    [DataRow(
        "matrix: { seed: [1, 2, 1] }",
        "study.yaml:6: the matrix yields the same run twice: colours count=100, noise none, small width=16, plain behaviour=finish, seed 1."
    )]
    [DataRow("matrix: { noise: { id: blur, rate: [0.4, 0.40] } }", "study.yaml:6: the matrix yields the same run twice")]
    [DataRow("matrix: { seed: [1, 2] }\ninclude:\n  - { seed: 2 }", "study.yaml:8: this include repeats a cell of the matrix")]
    [DataRow(
        "matrix: { seed: [1] }\ninclude:\n  - { seed: 2 }\n  - { seed: 2 }",
        "study.yaml:9: this include repeats a cell of the include at study.yaml:8"
    )]
    [DataRow(
        "matrix: { seed: [1, 2] }\nexclude:\n  - { seed: 2 }\ninclude:\n  - { seed: 2 }",
        "study.yaml:10: this include is excluded again by study.yaml:8. Remove one of the two."
    )]
    [DataRow("matrix:\n  seeds: [1]", "study.yaml:7: a run has no setting 'seeds'. Did you mean 'seed'?")]
    [DataRow("matrix:\n  training.epoch: [1]", "study.yaml:7: a run has no setting 'training.epoch'. Did you mean 'epochs'?")]
    [DataRow("matrix:\n  method: [ adaptiv ]", "study.yaml:7: unknown method 'adaptiv'. Did you mean 'adaptive'?")]
    [DataRow(
        "matrix:\n  method: [ { id: adaptive, alfa: 1 } ]",
        "study.yaml:7: method 'adaptive' has no option 'alfa'. Did you mean 'alpha'?"
    )]
    [DataRow(
        "matrix:\n  method:\n   - { id: adaptive,\n       alpha: 2 }",
        "study.yaml:9: method 'adaptive': 'alpha' must be a number in [0, 1], but is '2'"
    )]
    [DataRow("matrix:\n  seed: [1.5]", "study.yaml:7: the run: 'seed' must be an integer in [0, 9007199254740991], but is '1.5'")]
    [DataRow("matrix:\n  precision: bf17", "study.yaml:7: the run: 'precision' must be one of fp32, tf32, bf16, fp16, but is 'bf17'.")]
    [DataRow("matrix:\n  training: { epochs: 0 }", "study.yaml:7: training: 'epochs' must be an integer >= 1, but is '0'")]
    [DataRow("matrix:\n  training: 3", "study.yaml:7: 'training' takes names and values")]
    [DataRow("matrix:\n  noise:", "study.yaml:7: 'noise' names nothing")]
    [DataRow(
        "matrix:\n  training: { epochs: 3 }\n  training.epochs: 4\n  seed: 1\n  seed.x: 2",
        "study.yaml:10: a run has no setting 'seed.x'."
    )]
    [DataRow("include:\n  - { noise: { rate: 0.3 }, noise.rate: 0.2 }", "study.yaml:7: ")]
    public void A_matrix_that_makes_no_sense_is_refused_with_its_line(string text, string expected) =>
        Assert.StartsWith(expected, Studying.Problems(text)[0]);

    [TestMethod]
    public void A_component_that_nobody_names_is_asked_for() =>
        Assert.AreSequenceEqual(
            new[]
            {
                "study.yaml:1: dataset is missing: add it to defaults or to the matrix, such as dataset: { id: NAME }.",
                "study.yaml:1: model is missing: add it to defaults or to the matrix, such as model: { id: NAME }.",
                "study.yaml:1: method is missing: add it to defaults or to the matrix, such as method: { id: NAME }.",
            },
            Studying.Problems("name: t")
        );

    [TestMethod]
    public void A_problem_of_many_cells_is_told_once() =>
        Assert.HasCount(
            2,
            Studying.Problems(
                "matrix: { method: [ { id: adaptive, alpha: 3 }, { id: nobody } ], seed: [1, 2, 3, 4], noise: { id: blur, rate: [0.1, 0.2] } }"
            )
        );

    [TestMethod]
    public void Overrides_stand_above_defaults_and_every_cell()
    {
        const string text = """
            matrix:
              method: [ plain, { id: adaptive, alpha: 0.8 } ]
              noise: [ none, { id: blur, rate: [0.2, 0.4] } ]
              seed: [1, 2]
            """;
        Assert.AreSequenceEqual(
            new[] { "plain - - 7", "plain - 0.3 7", "adaptive 0.7 - 7", "adaptive 0.7 0.3 7" },
            Studying.Plan(text, "method.alpha=0.70", "noise.rate=0.3", "seed=7").Texts("method.id", "method.alpha", "noise.rate", "seed")
        );
        Assert.AreSequenceEqual(
            new[] { "adaptive 0.8 0.1 1", "adaptive 0.8 0.1 2", "adaptive 0.8 0.5 1", "adaptive 0.8 0.5 2" },
            Studying
                .Plan(text, "method=adaptive", "noise={id: blur, rate: [0.1, 0.5]}")
                .Texts("method.id", "method.alpha", "noise.rate", "seed")
        );
        Assert.AreSequenceEqual(
            new[] { "3 0.2", "4 0.2" },
            Studying.Plan("", "training.epochs=[3, 4]", "training.optimizer.lr=0.2").Texts("training.epochs", "training.optimizer.lr")
        );
    }

    [TestMethod]
    [DataRow("methd.alpha=1", "--set: a run has no setting 'methd.alpha'. Did you mean 'method'?")]
    [DataRow("method.alpha=1", "--set: no method of this study has an option 'alpha'. There are behaviour.")]
    [DataRow("training.epoch=1", "--set: a run has no setting 'training.epoch'. Did you mean 'epochs'?")]
    [DataRow("training.epochs", "--set: 'training.epochs' is not of the form path=value")]
    [DataRow("training.epochs=[1", "--set: this is not well-formed YAML")]
    [DataRow("training.epochs=-1", "--set: training: 'epochs' must be an integer >= 1, but is '-1'")]
    [DataRow("method=nobody", "--set: unknown method 'nobody'.")]
    public void A_wrong_override_is_told_as_such(string text, string expected) =>
        Assert.StartsWith(expected, Studying.Problems("", text)[0]);

    [TestMethod]
    public void A_preset_lies_over_training_settings_only_and_below_overrides()
    {
        const string text = "preset: smoke\nmatrix: { dataset.count: [1000], training.epochs: [10, 20], seed: [1, 2] }";
        var plan = Studying.Plan(text);
        Assert.AreEqual("smoke", plan.Preset);
        Assert.AreSequenceEqual(new[] { "2 512 1", "2 512 2" }, plan.Texts("training.epochs", "training.samples", "seed"));
        Assert.AreSequenceEqual(
            new[] { "5 512 1", "5 512 2" },
            Studying.Plan(text, "training.epochs=5").Texts("training.epochs", "training.samples", "seed")
        );
        Assert.AreSequenceEqual(
            new[] { "2 0 1", "2 0 2" },
            Studying.Plan(text, "dataset.count=511").Texts("training.epochs", "training.samples", "seed"),
            "all that there are"
        );
        var paper = Studying.Plan(
            text,
            new Planning.PlanOptions
            {
                DataRoot = "",
                Tool = "",
                Preset = "paper",
            }
        );
        Assert.HasCount(4, paper.Runs);
        Assert.AreEqual(
            ExitCode.Planning,
            Assert
                .ThrowsExactly<SatException>(() =>
                    Studying.Plan(
                        text,
                        new Planning.PlanOptions
                        {
                            DataRoot = "",
                            Tool = "",
                            Preset = "papre",
                        }
                    )
                )
                .ExitCode
        );
    }

    [TestMethod]
    public void The_preset_dry_is_one_step()
    {
        var training = Studying.Plan("preset: dry").Runs[0].Request.Spec.Training;
        Assert.AreEqual(1, training.Epochs);
        Assert.AreEqual(training.BatchSize, training.Samples);
    }
}
