using System.Diagnostics;
using System.Globalization;
using Sat.Benchmarks.Measuring;
using Sat.Benchmarks.Results;
using Sat.Engine.Conditions;
using Sat.Engine.Randomness;
using Sat.Hosting;
using Sat.Records.Json;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>Training steps of two methods by turns, on random images, and nothing else: no data, no augmentation, no files.</summary>
internal static class MethodSteps
{
    private const int WarmUp = 10;

    /// <summary>Prints how much more time a step of the first method takes, as a share of the second's beside it: the median over the
    /// steps.</summary>
    /// <param name="name">The case of <c>cases.json</c>.</param>
    public static void Run(string name)
    {
        var given = Cases.Given.Methods.Concat(Cases.Given.Adversarial).Single(c => c.Name == name);
        set_num_threads(given.Threads);
        var host = PluginHost.Discover(
            roots: [],
            plugins:
            [
                Workplace.ConvolutionalPlugin,
                Workplace.SupervisedPlugin,
                Workplace.SelfSupervisedPlugin,
                Workplace.AdversarialPlugin,
            ]
        );
        using var labels = given.Classes > 0 ? randint(given.Classes, given.Samples, ScalarType.Int64) : null;
        using var first = new Stepping(host, given, given.First, labels);
        using var second = new Stepping(host, given, given.Second, labels);
        using var order = randperm(given.Samples, ScalarType.Int64);
        var ratios = new List<double>();
        for (var step = 0; step < WarmUp + given.Steps; step++)
        {
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, (long)step * given.BatchSize, given.BatchSize);
            Tensor[] views =
            [
                .. Enumerable
                    .Range(0, given.Views)
                    .Select(_ =>
                        MemoryFormat.ChannelsLast.Apply(given.Pixels ? rand(given.BatchSize, 3, 32, 32) : randn(given.BatchSize, 3, 32, 32))
                    ),
            ];
            // By turns: whoever is second finds the images in the cache.
            var other = step % 2 == 0 ? 0 : second.Step(views, indices, step);
            var one = first.Step(views, indices, step);
            if (step % 2 == 0)
                other = second.Step(views, indices, step);
            if (step >= WarmUp)
                ratios.Add(one / other);
        }
        Console.WriteLine(
            SatJson.Write(new Dictionary<string, double> { [MeasureNames.StepShare] = MedianRange.From(ratios)!.Value.Median - 1 })
        );
    }

    private sealed class Stepping : IDisposable
    {
        private readonly Method _method;
        private readonly optim.Optimizer _optimizer;
        private readonly Tensor? _labels;

        public Stepping(PluginHost host, MethodCase given, ComponentSpec method, Tensor? labels)
        {
            _labels = labels;
            manual_seed(1);
            var shape = new ImageShape(3, 32, 32);
            _method = host.CreateMethod(
                method,
                new TrainingTask
                {
                    CreateBackbone = () => host.CreateModel(given.Model, new ModelContext(shape)),
                    Classes = [.. Enumerable.Range(0, given.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))],
                    Shape = shape,
                    Samples = given.Samples,
                    Labels = labels,
                    Epochs = 1,
                    StepsPerEpoch = WarmUp + given.Steps,
                    Device = CPU,
                    CreateGenerator = new MethodGenerators(new Seeds(1)).Create,
                }
            );
            _method.Network.train();
            MemoryFormat.ChannelsLast.Lay(_method.Network);
            _optimizer = optim.SGD(_method.Network.parameters().Where(p => p.requires_grad), 0.01, momentum: 0.9);
        }

        /// <returns>Seconds.</returns>
        public double Step(IReadOnlyList<Tensor> views, Tensor indices, int step)
        {
            var clock = Stopwatch.StartNew();
            using var scope = NewDisposeScope();
            var loss = _method.Loss(
                new Batch
                {
                    Views = views,
                    Labels = _labels is null ? empty(0, ScalarType.Int64) : _labels[indices],
                    Indices = indices,
                    Epoch = 0,
                    Step = step,
                }
            );
            _optimizer.zero_grad();
            loss.backward();
            _optimizer.step();
            using var noGradients = no_grad();
            (_method as IStepEnded)?.StepEnded(step);
            return clock.Elapsed.TotalSeconds;
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _method.Network.Dispose();
        }
    }
}
