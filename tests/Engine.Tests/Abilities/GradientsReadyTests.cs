using Steps;
using static TorchSharp.torch;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class GradientsReadyTests
{
    [TestMethod]
    public void The_optimizer_steps_with_the_gradients_as_the_method_left_them()
    {
        using var scope = NewDisposeScope();
        const double most = 0.01;
        var before = new Dictionary<string, Tensor>();
        using var run = Ran.Done(
            Runs.Spec(),
            Runs.With(task =>
            {
                var method = new Clipped(task, new ClippedOptions { MostLength = most });
                foreach (var (name, tensor) in Runs.Copy(method))
                    before[name] = tensor.DetachFromDisposeScope();
                return method;
            })
        );

        var after = run.Weights();
        var moved = Math.Sqrt(before.Sum(b => (after[b.Key] - b.Value).square().sum().Number()));
        Assert.AreEqual(most, moved / Runs.Rate, most * 0.01);
    }

    [TestMethod]
    public void Gradients_that_are_left_alone_change_no_bit()
    {
        using var wide = Ran.Done(Runs.Spec(), Runs.With(task => new Clipped(task, new ClippedOptions { MostLength = 1e9 })));
        using var plain = Ran.Done(Runs.Spec(), Runs.With(task => new Observer(task, _ => 1)));

        CollectionAssert.AreEqual(plain.Bytes("test-logits.npy"), wide.Bytes("test-logits.npy"));
    }
}
