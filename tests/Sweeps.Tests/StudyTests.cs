using Sat.Records;
using Sat.Records.Plans;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Tests;

[TestClass]
public class StudyTests
{
    [TestMethod]
    public void Everything_wrong_with_a_study_is_told_together_with_lines()
    {
        var problems = Studying.Problems(
            """
            name: My Study
            preset: smoek
            matrx: { seed: [1] }
            seed: 4
            exclude: { seed: 1 }
            expect:
              - { metrik: test-accuracy, at-least: high }
            """
        );
        Assert.StartsWith("study.yaml:1: the name 'My Study' must be lower-case", problems[0]);
        Assert.StartsWith("study.yaml:2: unknown preset 'smoek'. Did you mean 'smoke'?", problems[1]);
        Assert.StartsWith("study.yaml:3: a study has no 'matrx'. Did you mean 'matrix'?", problems[2]);
        Assert.StartsWith("study.yaml:4: a study has no 'seed'. Settings of runs belong under 'defaults'", problems[3]);
        Assert.StartsWith("study.yaml:5: 'exclude' takes a list", problems[4]);
        Assert.StartsWith("study.yaml:7: an expectation has no 'metrik'. Did you mean 'metric'?", problems[5]);
        Assert.StartsWith("study.yaml:7: an expectation needs a 'metric'", problems[6]);
        Assert.StartsWith("study.yaml:7: 'at-least' must be a number, but is 'high'", problems[7]);
        Assert.HasCount(8, problems);
    }

    [TestMethod]
    public void Grammar_components_options_and_overrides_are_told_together_and_nothing_that_only_follows_from_them()
    {
        var problems = Studying.Problems(
            """
            name: My Study
            defaults:
              dataset: colours
              modle: small
              method: { id: plian }
              training: { epochs: 0, bach-size: 3 }
            matrix: { noise: [{ id: blur, rate: 7 }] }
            exclude: [{ method: { id: adaptiv } }, { seed: 9 }]
            include: [{ seed: x }]
            """,
            "trainin.epochs=3",
            "nothing"
        );
        string[] expected =
        [
            "study.yaml:1: the name 'My Study'",
            "study.yaml:4: a run has no setting 'modle'. Did you mean 'model'?",
            "study.yaml:5: unknown method 'plian'",
            "study.yaml:6: a run has no setting 'training.bach-size'",
            "study.yaml:6: training: 'epochs' must be",
            "study.yaml:7: noise 'blur': 'rate' must be",
            "study.yaml:8: unknown method 'adaptiv'. Did you mean 'adaptive'?",
            "study.yaml:9: the run: 'seed' must be",
            "--set: a run has no setting 'trainin.epochs'",
            "--set: 'nothing' is not of the form",
        ];
        Assert.HasCount(expected.Length, problems, string.Join('\n', problems));
        for (var i = 0; i < expected.Length; i++)
            Assert.StartsWith(expected[i], problems[i]);
    }

    [TestMethod]
    [DataRow("matrix: {}")]
    [DataRow("matrix:")]
    public void An_empty_matrix_is_refused_with_its_line(string matrix) =>
        Assert.StartsWith("study.yaml:6: the matrix is empty: give it an axis", Studying.Problems(matrix).Single());

    [TestMethod]
    public void A_study_without_name_is_refused() =>
        Assert.StartsWith("study.yaml:1: the study has no 'name'", Study.Parse("defaults: {}", "study.yaml").Problems.Single().ToString());

    [TestMethod]
    [DataRow("{ id: mine }, { id: Mine, version: 0.2.0 }")]
    [DataRow("{ id: mine, version: 0.2.0 }, { id: Mine, version: 0.2.0 }")]
    [DataRow("{ id: mine }, { id: Mine }")]
    public void A_plugin_that_is_given_twice_has_a_version_each(string plugins) =>
        Assert.StartsWith(
            "study.yaml:2: the plugin 'Mine' is given twice: keep one, or give each a 'version' of its own.",
            Study.Parse($"name: two\nplugins: [ {plugins} ]\n", "study.yaml").Problems[0].ToString()
        );

    [TestMethod]
    public void A_study_may_need_two_versions_of_a_plugin()
    {
        var study = Study.Parse("name: two\nplugins: [ { id: mine, version: 0.1.0 }, { id: Mine, version: 0.2.0 } ]\n", "study.yaml");
        CollectionAssert.AreEqual(new[] { "0.1.0", "0.2.0" }, study.Plugins.Select(p => p.Version).ToArray());
        Assert.IsFalse(study.Problems.Any(p => p.ToString().Contains("plugin", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_missing_file_is_told_without_a_stack_trace() =>
        Assert.AreEqual(ExitCode.Planning, Assert.ThrowsExactly<SatException>(() => Study.Load("/nowhere/at-all.yaml")).ExitCode);

    [TestMethod]
    public void Expectations_may_be_nested_or_dotted_and_numbers_are_canonical()
    {
        var plan = Studying.Plan(
            """
            baselines: label-noise
            matrix:
              method: [plain, adaptive]
              noise: [{ id: blur, rate: 0.4 }]
            expect:
              - metric: test-accuracy
                where: { method: adaptive, noise: { rate: 0.40 } }
                above: { method.id: plain }
                because: the paper says so
              - { metric: noisy-train-accuracy, where: { method.id: plain }, at-least: 0.8 }
            """
        );
        Assert.AreEqual("adaptive", plan.Expectations[0].Where["method.id"]);
        Assert.AreEqual("0.4", plan.Expectations[0].Where["noise.rate"]);
        Assert.AreEqual("plain", plan.Expectations[0].Above!["method.id"]);
        Assert.AreEqual("the paper says so", plan.Expectations[0].Because);
        Assert.AreEqual(0.8, plan.Expectations[1].AtLeast);
        Assert.AreSequenceEqual(new[] { "label-noise" }, plan.Baselines);
    }

    [TestMethod]
    public void An_expectation_that_selects_no_run_is_an_error()
    {
        var problems = Studying.Problems(
            """
            expect:
              - { metric: test-accuracy, where: { noise.rat: 0.4 }, at-least: 0.5 }
              - { metric: test-accuracy, where: { method: plain }, above: { method: adaptive } }
            """
        );
        Assert.StartsWith("study.yaml:7: this expectation's 'where' selects no run of the study. No run has 'noise.rat'.", problems[0]);
        Assert.StartsWith("study.yaml:8: this expectation's 'where' with 'above' selects no run", problems[1]);
    }

    [TestMethod]
    public void Published_values_are_frozen_and_their_path_is_relative_to_the_study()
    {
        var asked = new List<(string, string)>();
        var options = new PlanOptions
        {
            DataRoot = "/nowhere",
            Tool = "test",
            Baselines = (name, folder) =>
            {
                asked.Add((name, folder));
                return FrozenBaselines.Freeze(name, "text");
            },
        };
        var study = Study.Parse(Studying.Head + "baselines: [label-noise, mine.yaml]\n", Path.Combine("studies", "study.yaml"));
        var plan = Planner.Plan(study, TestCatalog.Create(), options);
        CollectionAssert.AreEqual(new[] { ("label-noise", "studies"), ("mine.yaml", "studies") }, asked);
        CollectionAssert.AreEqual(plan.Baselines.ToArray(), plan.Published.Select(p => p.Name).ToArray());
    }
}
