namespace Sat.Records.Tests;

[TestClass]
public class NearestNameTests
{
    [TestMethod]
    [DataRow("alpah", "alpha")]
    [DataRow("sta", "sat")]
    [DataRow("SAT", "sat")]
    [DataRow("resnet-18", "resnet18")]
    [DataRow("cifar01", "cifar10")]
    public void A_slip_is_recognised(string written, string meant) =>
        Assert.AreEqual(meant, NearestName.Find(written, ["erm", "sat", "alpha", "resnet18", "resnet34", "cifar10", "cifar100"]));

    [TestMethod]
    public void The_first_of_several_words_stands_for_the_name() =>
        Assert.AreEqual("train-samples", NearestName.Find("train", ["grain", "test-samples", "train-samples"]));

    [TestMethod]
    public void A_name_in_other_capitals_is_nearer_than_a_longer_one() =>
        Assert.AreEqual("sat", NearestName.Find("SAT", ["sat-sce", "sat"]));

    [TestMethod]
    [DataRow("vgg")]
    [DataRow("xy")]
    [DataRow("transformer")]
    public void What_is_far_from_all_is_no_slip(string written)
    {
        Assert.IsNull(NearestName.Find(written, ["erm", "sat", "ab", "alpha", "resnet18"]));
        Assert.AreEqual("", NearestName.Hint(written, ["erm", "sat", "ab", "alpha", "resnet18"]));
    }

    [TestMethod]
    public void Among_none_there_is_no_nearest() => Assert.IsNull(NearestName.Find("sat", []));

    [TestMethod]
    public void The_hint_is_a_question() => Assert.AreEqual(" Did you mean 'alpha'?", NearestName.Hint("alpa", ["alpha"]));
}
