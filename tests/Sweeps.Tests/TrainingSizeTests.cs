namespace Sat.Sweeps.Tests;

/// <summary>Samples that a run takes or holds out, against those that the dataset has, where planning can know.</summary>
[TestClass]
public class TrainingSizeTests
{
    [TestMethod]
    [DataRow(
        "dataset: [counted], training.samples: [5001]",
        "training.samples is 5001, but counted has 5000 training samples. Lower it, or leave it out to use them all."
    )]
    [DataRow(
        "dataset.count: [100], training.validation: [100]",
        "training.validation holds out 100 of 100 training samples: none are left to train on. Lower it."
    )]
    [DataRow(
        "dataset: [counted], training.samples: [10], training.validation: [11]",
        "training.validation holds out 11 of 10 training samples: none are left to train on. Lower it."
    )]
    [DataRow(
        "dataset.count: [0]",
        "colours has no training images: train on another dataset, and name colours as the 'dataset' of an evaluation."
    )]
    public void Planning_refuses(string cell, string problem) =>
        Assert.Contains(problem, Studying.Problems($"matrix: {{ model: [small], {cell} }}\n").Single());

    [TestMethod]
    [DataRow("dataset: [counted], training.samples: [5000], training.validation: [4999]")]
    [DataRow("dataset: [counted], training.validation: [4999]")]
    public void Planning_takes_all_that_there_are(string cell) =>
        Assert.HasCount(1, Studying.Plan($"matrix: {{ model: [small], {cell} }}\n").Runs);
}
