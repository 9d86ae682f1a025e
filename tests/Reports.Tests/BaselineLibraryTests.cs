using Sat.Records;
using Sat.Reports.Published;

namespace Sat.Reports.Tests;

[TestClass]
public sealed class BaselineLibraryTests
{
    [TestMethod]
    [DataRow("label-noise", 209)]
    [DataRow("double-descent", 145)]
    [DataRow("selective-classification", 99)]
    [DataRow("adversarial", 86)]
    [DataRow("linear-evaluation", 136)]
    public void Every_published_value_has_its_place(string name, int count)
    {
        var file = BaselineLibrary.Read(name);
        Assert.AreEqual(name, file.Name);
        Assert.HasCount(count, file.Values);
        Assert.IsTrue(file.Values.All(v => v.Value is > 0 and <= 1), "a value is a fraction");
        Assert.IsTrue(file.Values.All(v => v.Protocol is { Dataset: not null, Method: not null }), "a value names its dataset and method");
    }

    [TestMethod]
    public void The_official_value_at_40_percent_noise_carries_the_whole_official_protocol()
    {
        var value = BaselineLibrary
            .Read("label-noise")
            .Values.Single(v =>
                v.Source == "sat-readme"
                && v.Protocol.Dataset!.Id == "cifar10"
                && v.Protocol.Model!.Id == "resnet34"
                && v.Protocol.Noise!.Options!["rate"]!.GetValue<double>() == 0.4
            );
        Assert.AreEqual(0.9264, value.Value);
        Assert.AreEqual(BaselineRole.Paper, value.Role);
        Assert.AreEqual("sgd lr=0.1 momentum=0.9 weight-decay=0.0005 nesterov=false dampening=0", value.Protocol.Optimizer!.ToString());
        Assert.AreEqual("sat alpha=0.9 start-epoch=60 reweight=true", value.Protocol.Method!.ToString());
        Assert.AreEqual("symmetric rate=0.4 redraw=all-classes", value.Protocol.Noise!.ToString());
        Assert.AreEqual("resnet34 width=64", value.Protocol.Model!.ToString());
        Assert.AreEqual(
            (200, 256, 50000L, 0L, "last", "test", "published"),
            (
                value.Protocol.Epochs!.Value,
                value.Protocol.BatchSize!.Value,
                value.Protocol.TrainingSamples!.Value,
                value.Protocol.ValidationSamples!.Value,
                value.Protocol.Checkpoint,
                value.Protocol.EvaluationSet,
                value.Protocol.DataVariant
            )
        );
        Assert.IsNull(value.Protocol.Precision, "the source does not state it");
    }

    [TestMethod]
    public void A_value_that_depends_on_more_than_the_protocol_says_on_what() =>
        Assert.AreEqual("100", BaselineLibrary.Read("selective-classification").Values[0].When["coverage"]);

    [TestMethod]
    public void An_unknown_name_is_answered_with_the_nearest_one()
    {
        var error = Assert.ThrowsExactly<SatException>(() => BaselineLibrary.Read("label-nois"));
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("'label-noise'", error.Message);
    }

    [TestMethod]
    public void A_file_of_ones_own_is_read_by_its_path_and_its_mistakes_are_told_with_their_line()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("own.yaml");
        const string text = """
            schema: 1
            name: own
            title: Own
            sources:
              me: { title: Me, kind: primary }
            protocols:
              p: { epochs: 10, optimiser: { id: sgd } }
            results: []
            """;
        File.WriteAllText(path, text.Replace("optimiser", "optimizer", StringComparison.Ordinal));
        Assert.AreEqual("own", BaselineLibrary.Read(path).Name);
        File.WriteAllText(path, text);
        var error = Assert.ThrowsExactly<SatException>(() => BaselineLibrary.Read(path));
        Assert.Contains($"{path}:7: 'optimiser' means nothing here. Did you mean 'optimizer'?", error.Message);
    }

    [TestMethod]
    [DataRow("schema: 2\nname: x\ntitle: x\nsources: {}\nprotocols: {}\nresults: []")]
    [DataRow("")]
    [DataRow("[1, 2")]
    [DataRow("- 1")]
    public void A_file_that_is_none_is_refused_with_a_sentence(string text)
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("own.yaml");
        File.WriteAllText(path, text);
        Assert.AreEqual(ExitCode.Planning, Assert.ThrowsExactly<SatException>(() => BaselineLibrary.Read(path)).ExitCode);
    }
}
