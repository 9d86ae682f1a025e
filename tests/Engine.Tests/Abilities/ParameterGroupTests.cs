using Sat.Records.Metrics;
using Sat.Sdk;
using Steps;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class ParameterGroupTests
{
    [TestMethod]
    public void Each_group_learns_at_its_share_of_the_rate()
    {
        using var scope = NewDisposeScope();
        var before = new Dictionary<string, Tensor>();
        using var grouped = Ran.Done(Runs.Spec(), Runs.With(task => new Layerwise(task, new LayerwiseOptions { BackboneFactor = 0.25 })));
        using var plain = Ran.Done(
            Runs.Spec(),
            Runs.With(task =>
            {
                var method = new Observer(task, _ => 1);
                foreach (var (name, tensor) in Runs.Copy(method))
                    before[name] = tensor.DetachFromDisposeScope();
                return method;
            })
        );

        var (ofGroups, ofAll) = (grouped.Weights(), plain.Weights());
        foreach (var (name, was) in before)
        {
            var factor = name.StartsWith("backbone.", StringComparison.Ordinal) ? 0.25 : 1;
            var (moved, expected) = (ofGroups[name] - was, (ofAll[name] - was) * factor);
            Assert.IsLessThan(1e-6, (moved - expected).abs().max().Number(), name);
            Assert.IsGreaterThan(1e-5, expected.abs().max().Number(), $"{name} moves");
        }
        Assert.AreEqual(Runs.Rate, grouped.Values(MetricNames.LearningRate)[0], "the study's");
    }

    [TestMethod]
    public void One_group_of_everything_trains_to_the_bits_of_none()
    {
        using var grouped = Ran.Done(Specs.Of(), new Components { Method = task => new Grouped(task, n => [new("all", n.parameters())]) });
        using var plain = Ran.Done(Specs.Of(), new Components { Method = task => new Observer(task, _ => 1) });

        CollectionAssert.AreEqual(plain.Bytes("test-logits.npy"), grouped.Bytes("test-logits.npy"));
    }

    [TestMethod]
    public void Optimizers_of_groups_resume_to_the_bit() =>
        Runs.AssertResumesToTheBit(
            Specs.Of(training: Specs.Training(epochs: 2, batchSize: 20)),
            task => new Layerwise(task, new LayerwiseOptions()),
            [2, 4]
        );

    public static IEnumerable<(Func<Classifier, IReadOnlyList<ParameterGroup>>, string)> Faults =>
        [
            (_ => [], "has no parameter groups"),
            (n => [new("head", n.Head.parameters())], "trains parameters that are in none of its groups: backbone."),
            (n => [new("all", n.parameters()), new("head", n.Head.parameters())], "is in 'all' already"),
            (n => [new("All", n.parameters())], "a parameter group named 'All'"),
            (n => [new("a", n.Head.parameters()), new("a", n.Backbone.parameters())], "several parameter groups named 'a'"),
            (n => [new("all", n.parameters(), 0)], "the factor 0: it must be above 0"),
            (
                n => [new("all", n.parameters().Append(new Parameter(ones(7))))],
                "of shape [7] in its group 'all' that is not of its network"
            ),
            (n => [new("all", n.parameters()), new("none", [])], "no parameter to train in its group 'none'"),
        ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Groups_that_are_no_division_of_the_parameters_fail_the_run(
        Func<Classifier, IReadOnlyList<ParameterGroup>> groups,
        string expected
    )
    {
        var error = Runs.Error(Runs.Spec(), Runs.With(task => new Grouped(task, groups)));

        Assert.Contains("the method 'erm'", error);
        Assert.Contains(expected, error);
    }

    private sealed class Grouped(TrainingTask task, Func<Classifier, IReadOnlyList<ParameterGroup>> groups)
        : ClassifierMethod(task),
            IParameterGroups
    {
        public IReadOnlyList<ParameterGroup> Groups => groups(Model);

        public override Tensor Loss(Batch batch) => cross_entropy(Model.forward(batch.Images), batch.Labels);
    }
}
