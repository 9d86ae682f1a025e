using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Tests;

/// <summary>Against the paper's formulas, computed once more by PyTorch in double precision, and scikit-learn's mixture.</summary>
[TestClass]
public sealed class DivideMixParityTests
{
    const double Relative = 1e-5;

    /// <summary>Losses are rounded to some 6e-8, gradients likewise, times lambda_u and the number of terms.</summary>
    const double Rounding = 2e-7;

    [TestMethod]
    [DataRow("dividemix")]
    [DataRow("dividemix-other")]
    public void Divisions_losses_and_gradients_are_those_of_the_papers_formulas(string name)
    {
        var fixture = DivideMixFixture.Read(name);
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Create(fixture, labels);
        var state = ((IMethodState)method).State;

        foreach (var (epoch, number) in fixture.Epochs.Select((e, n) => (e, n)))
        {
            Survey(method, fixture, labels, epoch, number);
            Close.Assert(epoch.Clean[0], state["clean-first"], Relative, Relative, $"the first division of epoch {number}");
            Close.Assert(epoch.Clean[1], state["clean-second"], Relative, Relative, $"the second division of epoch {number}");

            var (views, batches) = Batches(fixture, labels, epoch, number);
            var stepper = new RecordingStepper(new Dictionary<string, optim.Optimizer>());
            var recorded = ((IOwnStep)method).Step(batches, stepper);

            CollectionAssert.AreEqual(new[] { "first", "second" }, stepper.Steps.Select(s => s.Group).ToArray());
            foreach (var (taught, network) in epoch.Batches.Select((b, n) => (b, n)))
            {
                var what = $"of network {network} in epoch {number}";
                Close.Assert([taught.Loss], tensor(stepper.Steps[network].Loss), Relative, 0, $"loss {what}");
                foreach (var (gradient, view) in taught.Grads.Zip(views[network]).Where(g => g.First.Length > 0))
                    Close.Assert(gradient, view.grad!, Relative, Rounding, $"gradient {what}");
            }
            Close.Assert([epoch.Batches.Average(b => b.Loss)], recorded.reshape(1), Relative, 0, "the loss that is recorded");
        }
    }

    [TestMethod]
    [DataRow("dividemix")]
    [DataRow("dividemix-other")]
    public void A_network_is_given_the_samples_as_the_other_divides_them(string name)
    {
        var fixture = DivideMixFixture.Read(name);
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Create(fixture, labels);
        var threshold = (double)fixture.Options["p-threshold"]!;

        foreach (var (epoch, number) in fixture.Epochs.Select((e, n) => (e, n)))
        {
            Survey(method, fixture, labels, epoch, number);
            var order = ((ISampler)method).Order(number, new Generator(3)).data<long>().ToArray();
            var streams = ((IBatchStreams)method).Streams.ToDictionary(
                s => s.Name,
                s => s.Positions!(new StreamEpoch(number, fixture.Labels.Length, new Generator(4))).data<long>().ToArray()
            );

            var (first, second) = (Positions(epoch.Clean[1], w => w > threshold), Positions(epoch.Clean[0], w => w > threshold));
            Assert.AreEqual(epoch.Batches[0].Kept, first.Length);
            CollectionAssert.AreEqual(first, order.Take(first.Length).Order().ToArray(), "each once, before any comes again");
            CollectionAssert.IsSubsetOf(order.Distinct().ToArray(), first);
            CollectionAssert.AreEqual(second, streams["second"].Order().ToArray());
            if (epoch.Survey.Length == 0)
                continue;
            CollectionAssert.AreEqual(Positions(epoch.Clean[1], w => w <= threshold), streams["first-unlabelled"].Order().ToArray());
            CollectionAssert.AreEqual(Positions(epoch.Clean[0], w => w <= threshold), streams["second-unlabelled"].Order().ToArray());
        }
    }

    [TestMethod]
    public void A_network_rests_when_its_labelled_samples_are_used_up()
    {
        var fixture = DivideMixFixture.Read("dividemix");
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Create(fixture, labels);
        var epoch = fixture.Epochs[1];
        Survey(method, fixture, labels, epoch, 1);
        var steps = epoch.Batches.Select(b => (b.Kept + fixture.Batch - 1) / fixture.Batch).ToArray();
        var losses = new List<float>();

        for (var step = 0; step < fixture.Steps; step++)
        {
            using var stepScope = NewDisposeScope();
            var stepper = new RecordingStepper(new Dictionary<string, optim.Optimizer>());
            var (_, batches) = Batches(fixture, labels, epoch with { Step = step }, 1);
            var recorded = ((IOwnStep)method).Step(batches, stepper).item<float>();

            losses.AddRange(stepper.Steps.Select(s => s.Loss));
            string[] taught = [.. new[] { "first", "second" }.Where((_, network) => step < steps[network])];
            CollectionAssert.AreEqual(taught, stepper.Steps.Select(s => s.Group).ToArray(), $"step {step}");
            var expected = stepper.Steps.Count > 0 ? stepper.Steps.Average(s => s.Loss) : losses.Average();
            Assert.AreEqual(expected, recorded, 1e-5 * expected, "of a step that nobody makes, the mean of those before");
        }
        Assert.HasCount(steps.Sum(), losses);
        Assert.IsLessThan(fixture.Steps, steps.Max());
    }

    [TestMethod]
    public void Losses_that_are_all_alike_divide_nothing()
    {
        var fixture = DivideMixFixture.Read("dividemix");
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Create(fixture, labels);

        Survey(method, fixture, labels, fixture.Epochs[1] with { Survey = new float[fixture.Epochs[1].Survey.Length] }, 1);

        Assert.AreEqual(1, ((IMethodState)method).State["clean-first"].min().item<float>());
        Assert.HasCount(
            fixture.Labels.Length,
            ((IBatchStreams)method).Streams[0].Positions!(new StreamEpoch(1, 0, new Generator(1))).data<long>()
        );
    }

    [TestMethod]
    public void Where_no_sample_keeps_its_label_all_are_trained_on_with_it_and_the_metric_says_none()
    {
        var fixture = DivideMixFixture.Read("dividemix");
        const double threshold = 0.9999;
        fixture.Options["p-threshold"] = threshold;
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Create(fixture, labels);
        // Losses of one heap: neither Gaussian is sure of a sample.
        var random = new Random(5);
        var heap = fixture.Epochs[1].Survey.Select(_ => random.NextSingle() + random.NextSingle() + random.NextSingle()).ToArray();

        Survey(method, fixture, labels, fixture.Epochs[1] with { Survey = heap }, 1);

        foreach (var clean in new[] { "clean-first", "clean-second" })
            Assert.IsLessThan(threshold, ((IMethodState)method).State[clean].max().item<float>());
        Assert.AreEqual(0, ((IMethodMetrics)method).Metrics()["labelled-share"]);
        Assert.HasCount(fixture.Labels.Length, ((ISampler)method).Order(1, new Generator(3)).data<long>().Distinct());
    }

    [TestMethod]
    public void No_batch_of_a_side_stream_is_larger_than_the_data()
    {
        var fixture = DivideMixFixture.Read("dividemix");
        using var scope = NewDisposeScope();
        var method = Create(fixture, tensor(fixture.Labels), batchSize: fixture.Labels.Length * 4);
        foreach (var stream in ((IBatchStreams)method).Streams)
            Assert.AreEqual(fixture.Labels.Length, stream.BatchSize, stream.Name);
    }

    static long[] Positions(float[] clean, Func<double, bool> chosen) =>
        [.. clean.Select((w, i) => (w, i)).Where(s => chosen(s.w)).Select(s => (long)s.i)];

    /// <summary>Looks over all samples in two batches, as the host would in one or more.</summary>
    static void Survey(Method method, DivideMixFixture fixture, Tensor labels, DivideMixFixture.Epoch epoch, int number)
    {
        using var noGradient = no_grad();
        ((ISurvey)method).Survey(number, Parts());

        IEnumerable<Batch> Parts()
        {
            Assert.IsNotEmpty(epoch.Survey, "the warm-up looks at nothing");
            var images = Images(epoch.Survey, fixture);
            foreach (var indices in arange(images.shape[0], ScalarType.Int64).split(77))
                yield return Tasks.Batch([images.index_select(0, indices)], indices, labels, number);
        }
    }

    /// <summary>The images of both networks, first and second, in the order of the trace, and the batch that they are in.</summary>
    static (Tensor[][] Views, Batch Batch) Batches(DivideMixFixture fixture, Tensor labels, DivideMixFixture.Epoch epoch, int number)
    {
        var step = ((long)number * fixture.Steps) + epoch.Step;
        Tensor[][] views = [.. epoch.Batches.Select(b => b.Views.Select(v => Images(v, fixture).requires_grad_()).ToArray())];
        var parts = epoch
            .Batches.Zip(views)
            .SelectMany(b =>
                new[]
                {
                    Tasks.Batch(b.Second[..2], tensor(b.First.Labelled), labels, number, step),
                    Tasks.Batch(b.Second[2..], tensor(b.First.Unlabelled), labels, number, step),
                }
            )
            .ToArray();
        var streams = new[] { "first-unlabelled", "second", "second-unlabelled" }
            .Zip(parts.Skip(1))
            .ToDictionary(s => s.First, s => s.Second);
        return (views, parts[0] with { Streams = streams });
    }

    static Tensor Images(float[] logits, DivideMixFixture fixture) => tensor(logits).reshape(-1, 2 * fixture.Classes, 1, 1);

    static Method Create(DivideMixFixture fixture, Tensor labels, int batchSize = 0)
    {
        var networks = 0;
        var spec = TestedPlugins.Host.Spec(ComponentKind.Method, "dividemix", (JsonObject)fixture.Options.DeepClone());
        var task = Tasks.Of(
            () => new PartOfLogits(networks++, fixture.Classes),
            new ImageShape(2 * fixture.Classes, 1, 1),
            fixture.Labels.Length,
            labels,
            fixture.Classes,
            stepsPerEpoch: fixture.Steps,
            batchSize: batchSize
        );
        return TestedPlugins.Host.CreateMethod(spec, task);
    }
}
