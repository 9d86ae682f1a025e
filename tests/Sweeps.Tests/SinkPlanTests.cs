namespace Sat.Sweeps.Tests;

/// <summary>Where a study sends what its runs measure.</summary>
[TestClass]
public sealed class SinkPlanTests
{
    [TestMethod]
    [DataRow("sinks: csv")]
    [DataRow("sinks: [csv]")]
    [DataRow("sinks: [{ id: csv, separator: ';' }]")]
    public void A_sink_belongs_to_each_run_and_to_the_identity_of_none(string sinks)
    {
        const string study = "matrix: { seed: [1, 2] }\n";
        var plan = Studying.Plan(study + sinks);
        foreach (var run in plan.Runs)
            Assert.AreEqual("csv", run.Request.Sinks!.Single().Id);
        var without = Studying.Plan(study);
        CollectionAssert.AreEqual(without.Runs.Select(r => r.Id).ToArray(), plan.Runs.Select(r => r.Id).ToArray());
        Assert.IsNull(without.Runs[0].Request.Sinks);
    }

    [TestMethod]
    [DataRow("sinks: [cvs]", "study.yaml:6: unknown sink 'cvs'. Did you mean 'csv'?")]
    [DataRow("sinks: [csv, { id: csv }]", "study.yaml:6: the sink 'csv' is there twice. Keep one.")]
    [DataRow("sinks: [{ id: csv, seperator: a }]", "study.yaml:6: sink 'csv' has no option 'seperator'.")]
    [DataRow("sinks: [{ separator: a }]", "study.yaml:6: sinks has no id: name the sink")]
    [DataRow("sinks: [[csv]]", "study.yaml:6: 'sinks' takes a list of components")]
    public void What_is_no_sink_is_told_with_its_place(string sinks, string problem) =>
        Assert.StartsWith(problem, Studying.Problems(sinks).Single());
}
