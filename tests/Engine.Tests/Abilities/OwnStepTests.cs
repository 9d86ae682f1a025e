using Sat.Records.Metrics;
using Sat.Sdk;
using Steps;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class OwnStepTests
{
    [TestMethod]
    public void A_step_of_sam_is_that_of_its_formula()
    {
        using var scope = NewDisposeScope();
        const double rho = 0.5;
        TrainingTask? task = null;
        var before = new Dictionary<string, Tensor>();
        using var run = Ran.Done(
            Runs.Spec(),
            Runs.With(t =>
            {
                var sam = new Sam(task = t, new SamOptions { Rho = rho });
                foreach (var (name, tensor) in Runs.Copy(sam))
                    before[name] = tensor.DetachFromDisposeScope();
                return sam;
            })
        );

        var byHand = task!.CreateClassifier(3);
        byHand.load_state_dict(byHand.state_dict().ToDictionary(s => s.Key, s => before.GetValueOrDefault(s.Key) ?? s.Value));
        var images = arange(60).to(ScalarType.Float32).div(255).view(60, 1, 1, 1).expand(60, 1, 8, 8);
        var labels = arange(60, ScalarType.Int64).remainder(3);
        var (loss, first) = Gradients();
        var length = Math.Sqrt(first.Values.Sum(g => g.square().sum().Number()));
        using (no_grad())
        {
            foreach (var (name, parameter) in byHand.named_parameters())
                parameter.add_(first[name], alpha: rho / length);
        }
        var (_, second) = Gradients();

        var after = run.Weights();
        foreach (var (name, was) in before)
        {
            AssertNear(was - Runs.Rate * second[name], after[name], 1e-5, name);
        }
        Assert.IsGreaterThan(
            1e-3,
            before.Max(b => (first[b.Key] - second[b.Key]).abs().max().Number()),
            "the two gradients differ by far more than rounding"
        );
        Assert.AreEqual(loss, run.Values(MetricNames.Loss)[0], 1e-5, "the loss at the weights, not at the moved ones");

        (double Loss, Dictionary<string, Tensor> Gradients) Gradients()
        {
            byHand.train();
            byHand.zero_grad();
            var value = cross_entropy(byHand.call(images), labels);
            value.backward();
            return (value.Number(), byHand.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone()));
        }
    }

    [TestMethod]
    public void A_step_as_the_engine_makes_it_ends_in_the_engines_bits()
    {
        using var own = Ran.Done(Specs.Of(), new Components { Method = task => new Stepping(task, (m, b, s) => m.Plain(b, s)) });
        using var engines = Ran.Done(Specs.Of(), new Components { Method = task => new Observer(task, _ => 1) });

        CollectionAssert.AreEqual(engines.Bytes("test-logits.npy"), own.Bytes("test-logits.npy"));
        CollectionAssert.AreEqual(engines.Bytes("metrics.jsonl"), own.Bytes("metrics.jsonl"));
    }

    [TestMethod]
    public void Groups_that_step_in_turn_resume_to_the_bit_while_gradients_add_up() =>
        Runs.AssertResumesToTheBit(
            Runs.Spec(epochs: 2, batchSize: 15),
            task => new Alternating(task, new AlternatingOptions { HeadSteps = 2 }),
            [1, 2, 3, 5]
        );

    [TestMethod]
    public void A_group_steps_only_when_it_is_told_to()
    {
        using var scope = NewDisposeScope();
        Alternating? method = null;
        var before = new Dictionary<string, Tensor>();
        // Two steps, and the backbone's turn is the third.
        using var run = Ran.Done(
            Runs.Spec(epochs: 1, batchSize: 30),
            Runs.With(task =>
            {
                method = new Alternating(task, new AlternatingOptions { HeadSteps = 2 });
                foreach (var (name, tensor) in Runs.Copy(method))
                    before[name] = tensor.DetachFromDisposeScope();
                return method;
            })
        );

        var after = run.Weights();
        foreach (var (name, was) in before)
            Assert.AreEqual(
                name.StartsWith("backbone.", StringComparison.Ordinal),
                was.equal(after[name]).all().item<bool>(),
                $"the backbone stays, and the head moves: {name}"
            );
    }

    [TestMethod]
    public void A_batch_without_a_step_changes_no_weight()
    {
        using var scope = NewDisposeScope();
        var before = new Dictionary<string, Tensor>();
        using var run = Ran.Done(
            Runs.Spec(),
            Runs.With(task =>
            {
                var method = new Stepping(task, (m, b, _) => m.Loss(b));
                foreach (var (name, tensor) in Runs.Copy(method))
                    before[name] = tensor.DetachFromDisposeScope();
                return method;
            })
        );

        var after = run.Weights();
        foreach (var (name, was) in before)
            Assert.IsTrue(was.equal(after[name]).all().item<bool>(), name);
    }

    public static IEnumerable<(Func<Stepping, Batch, IStepper, Tensor?>, string)> Faults =>
        [
            ((_, _, _) => null, "returned null for its loss from IOwnStep.Step"),
            ((_, _, _) => ones(2), "returned a loss of shape [2] from IOwnStep.Step"),
            ((_, _, s) => Do(() => s.Backward(null!)), "called IStepper.Backward with null for its loss"),
            ((_, _, s) => Do(() => s.Backward(ones(1))), "called IStepper.Backward with a loss without a gradient"),
            ((_, _, s) => Do(() => s.Step("head")), "called IStepper.Step with 'head': it has no parameter groups"),
        ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void What_cannot_be_done_fails_the_run_and_names_the_method(Func<Stepping, Batch, IStepper, Tensor?> step, string expected)
    {
        var error = Runs.Error(Runs.Spec(), Runs.With(task => new Stepping(task, step)));

        Assert.Contains("the method 'erm'", error);
        Assert.Contains(nameof(Stepping), error);
        Assert.Contains(expected, error);
    }

    [TestMethod]
    public void A_group_that_does_not_exist_is_named_with_those_that_do()
    {
        var error = Runs.Error(Runs.Spec(), Runs.With(task => new Grouped(task)));

        Assert.Contains("'tail'", error);
        Assert.Contains("its groups are all", error);
    }

    [TestMethod]
    public void A_scaled_loss_is_refused()
    {
        var error = Runs.Error(Runs.Spec() with { Precision = "fp16" }, Runs.With(task => new Sam(task, new SamOptions())));

        Assert.Contains("fp16", error);
        Assert.Contains("choose bf16 or fp32", error);
    }

    private static Tensor Do(Action action)
    {
        action();
        return ones(1);
    }

    private static void AssertNear(Tensor expected, Tensor actual, double most, string message) =>
        Assert.IsLessThan(most, (expected - actual).abs().max().Number(), message);

    /// <summary>Makes its steps as the test says.</summary>
    public sealed class Stepping(TrainingTask task, Func<Stepping, Batch, IStepper, Tensor?> step) : ClassifierMethod(task), IOwnStep
    {
        public override Tensor Loss(Batch batch) => cross_entropy(Model.forward(batch.Images), batch.Labels);

        public Tensor Step(Batch batch, IStepper stepper) => step(this, batch, stepper)!;

        public Tensor Plain(Batch batch, IStepper stepper)
        {
            var loss = Loss(batch);
            stepper.ClearGradients();
            stepper.Backward(loss);
            stepper.Step();
            return loss;
        }
    }

    private sealed class Grouped(TrainingTask task) : ClassifierMethod(task), IOwnStep, IParameterGroups
    {
        public IReadOnlyList<ParameterGroup> Groups => [new("all", Network.parameters())];

        public override Tensor Loss(Batch batch) => throw new NotSupportedException();

        public Tensor Step(Batch batch, IStepper stepper) => Do(() => stepper.Step("tail"));
    }
}
