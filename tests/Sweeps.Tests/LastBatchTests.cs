namespace Sat.Sweeps.Tests;

/// <summary>Warnings of a last batch that is small beside the others, where planning can know.</summary>
[TestClass]
public class LastBatchTests
{
    [TestMethod]
    [DataRow(
        "dataset: [counted], model: [normed], training.batch-size: [128]",
        "5000 training samples in batches of 128 leave a last batch of 8,",
        DisplayName = "a dataset of so many"
    )]
    [DataRow(
        "dataset.count: [1030], model: [normed], training.batch-size: [128]",
        "1030 training samples in batches of 128 leave a last batch of 6,",
        DisplayName = "an option of the dataset"
    )]
    [DataRow(
        "dataset: [counted], model: [normed], training.samples: [260], training.batch-size: [128]",
        "260 training samples in batches of 128 leave a last batch of 4,",
        DisplayName = "the first so many"
    )]
    [DataRow(
        "dataset: [counted], model: [normed], training.validation: [1], training.batch-size: [1249]",
        "4999 training samples in batches of 1249 leave a last batch of 3,",
        DisplayName = "less those held out"
    )]
    [DataRow("dataset: [counted], model: [normed], training.samples: [4992], training.batch-size: [128]", null)]
    [DataRow("dataset: [counted], model: [small], training.batch-size: [128]", null, DisplayName = "no batch normalisation")]
    [DataRow(
        "dataset: [counted], model: [small], training.batch-size: [8192]",
        "5000 training samples are less than a batch of 8192",
        DisplayName = "a batch larger than the data"
    )]
    [DataRow("dataset: [counted], model: [normed], training.batch-size: [128], training.drop-last: [true]", null)]
    public void A_plan_warns(string cell, string? part)
    {
        var warnings = Studying.Plan($"matrix: {{ {cell} }}\n").Warnings;
        if (part is null)
            Assert.IsEmpty(warnings);
        else
            Assert.StartsWith(part, warnings.Single());
    }

    [TestMethod]
    public void One_sample_alone_is_refused_unless_it_is_left_out()
    {
        const string cell = "dataset: [counted], model: [normed], training.validation: [1]";
        var problem = Studying.Problems($"matrix: {{ {cell}, training.batch-size: [714] }}\n").Single();
        StringAssert.Contains(problem, "4999 training samples in batches of 714 leave a last batch of 1,");
        StringAssert.Contains(problem, "'training.drop-last: true'");
        Assert.HasCount(1, Studying.Plan($"matrix: {{ {cell}, training.batch-size: [714], training.drop-last: [true] }}\n").Runs);
        Assert.HasCount(
            1,
            Studying.Plan("matrix: { dataset: [counted], model: [small], training.validation: [1], training.batch-size: [714] }\n").Runs,
            "no batch normalisation"
        );
    }

    [TestMethod]
    public void Leaving_it_out_is_another_run_and_keeping_it_is_what_it_was()
    {
        string Id(string setting) => Studying.Plan($"matrix: {{ seed: [1]{setting} }}\n").Runs.Single().Id;
        Assert.AreEqual(Id(""), Id(", training.drop-last: [false]"));
        Assert.AreNotEqual(Id(""), Id(", training.drop-last: [true]"));
    }
}
