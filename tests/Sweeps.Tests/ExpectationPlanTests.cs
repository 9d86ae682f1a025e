namespace Sat.Sweeps.Tests;

/// <summary>Expectations that cannot come true are found before anything is trained.</summary>
[TestClass]
public sealed class ExpectationPlanTests
{
    private const string Study = "matrix: { method: [plain, adaptive] }\nexpect:\n  - ";

    [TestMethod]
    public void A_fraction_of_eighty_is_refused_with_the_number_that_is_meant() =>
        Assert.Contains(
            "study.yaml:8: this expectation wants test-accuracy to be at least 80, but it is a fraction, at most 1: write 0.8 for 80 %.",
            Studying.Problems(Study + "{ metric: test-accuracy, at-least: 80 }")
        );

    [TestMethod]
    public void The_margin_is_part_of_the_plan()
    {
        Assert.AreEqual(0.5, Studying.Plan("matrix: { seed: [1] }").Margin);
        Assert.AreEqual(1.5, Studying.Plan("margin: 1.5\nmatrix: { seed: [1] }").Margin);
        Assert.Contains(
            "study.yaml:6: 'margin' must be a number of points above 0 and below 100, such as 0.5, but is '-1'.",
            Studying.Problems("margin: -1\nmatrix: { seed: [1] }")
        );
    }

    [TestMethod]
    public void Runs_are_not_compared_with_themselves() =>
        Assert.Contains(
            "study.yaml:8: this expectation compares runs with themselves: 'above' must change a setting of 'where'.",
            Studying.Problems(Study + "{ metric: test-accuracy, where: { method.id: plain }, above: { method.id: plain } }")
        );

    [TestMethod]
    public void A_metric_that_nobody_declares_is_a_warning() =>
        Assert.Contains(
            "an expectation is about 'test-acuracy', a metric that no component declares. Did you mean 'test-accuracy'?",
            Studying.Plan(Study + "{ metric: test-acuracy, at-least: 0.8 }").Warnings
        );

    [TestMethod]
    [DataRow("method=[]", "--set: 'method' is an empty list, so nothing would run. Give it values or remove it.")]
    [DataRow("seed=[]", "--set: 'seed' is an empty list, so nothing would run. Give it values or remove it.")]
    public void An_axis_that_is_emptied_is_refused(string change, string problem) =>
        CollectionAssert.AreEqual(new[] { problem }, Studying.Problems("matrix: { method: [plain, adaptive], seed: [1, 2] }", change));

    [TestMethod]
    public void A_name_too_long_for_a_folder_is_refused()
    {
        var problems = Studying.Problems($"name: {new string('a', 300)}\ndefaults: {{ dataset: colours, model: small, method: plain }}");
        Assert.Contains("study.yaml:1: the name has 300 letters, but at most 100 can name the output folder.", problems);
    }
}
