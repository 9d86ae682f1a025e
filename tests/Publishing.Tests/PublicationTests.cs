using Sat.Publishing.Descriptions;
using Sat.Records;

namespace Sat.Publishing.Tests;

[TestClass]
public sealed class PublicationTests
{
    [TestMethod]
    public void The_example_is_read()
    {
        var read = Publication.Parse(Publication.Example, "about.yaml");
        Assert.AreEqual("Label noise on CIFAR-10", read.Title);
        Assert.AreEqual("CC-BY-4.0", read.Licence);
        Assert.AreEqual("0000-0002-1825-0097", read.Authors.Single().Orcid);
    }

    [TestMethod]
    [DataRow("0000-0002-1825-0097", true)]
    [DataRow("https://orcid.org/0000-0002-1694-233X", true)]
    [DataRow("0000-0001-5109-3700", true)]
    [DataRow("0000-0002-1825-0079", false)]
    [DataRow("0000-0002-1825-009X", false)]
    [DataRow("0000000218250097", false)]
    [DataRow("Ada", false)]
    public void The_last_digit_of_an_ORCID_checks_the_others(string text, bool isOne) =>
        Assert.AreEqual(isOne, OrcidText.Parse(text) is not null);

    [TestMethod]
    public void Everything_wrong_is_told_with_its_line()
    {
        const string text = """
            titel: Mine
            licence: "my own"
            authors:
              - { given-names: Ada, orcid: 0000-0002-1825-0079 }
              - Grace
              - { given-names: "A\nB", family-names: C }
            """;
        var error = Assert.ThrowsExactly<SatException>(() => Publication.Parse(text, "about.yaml"));
        string[] expected =
        [
            "about.yaml:1: a publication file has no 'titel'. Did you mean 'title'?",
            "about.yaml:1: a publication file needs 'title'",
            "about.yaml:2: 'my own' is no SPDX identifier",
            "about.yaml:4: an author needs 'family-names'",
            "about.yaml:4: 'orcid' is no ORCID",
            "about.yaml:5: an author is a map",
            "about.yaml:6: 'given-names' takes one line of text",
        ];
        Assert.HasCount(expected.Length, error.Problems);
        foreach (var (problem, start) in error.Problems.Zip(expected))
            Assert.StartsWith(start, problem.ToString());
    }
}
