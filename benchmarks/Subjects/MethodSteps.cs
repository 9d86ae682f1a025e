using Sat.Engine.Conditions;
using System.Diagnostics;
using Sat.Benchmarks.Groups;
using Sat.Benchmarks.Measuring;
using Sat.Benchmarks.Results;
using Sat.Engine;
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
    private const int Steps = 60;

    /// <summary>Prints how much more time a step of the first method takes, as a share of the second's, by the medians of their steps.</summary>
    public static void Run()
    {
        var given = Cases.Given.Targets;
        set_num_threads(given.Threads);
        var host = PluginHost.Discover(roots: [], plugins: [Workplace.ConvolutionalPlugin, Workplace.SelfSupervisedPlugin]);
        using var first = new Stepping(host, given, given.First);
        using var second = new Stepping(host, given, given.Second);
        using var order = randperm(given.Samples, ScalarType.Int64);
        var seconds = new List<(double First, double Second)>();
        for (var step = 0; step < WarmUp + Steps; step++)
        {
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, (long)step * given.BatchSize, given.BatchSize);
            Tensor[] views = [.. Enumerable.Range(0, 2).Select(_ => MemoryFormat.ChannelsLast.Of(randn(given.BatchSize, 3, 32, 32)))];
            // By turns: whoever is second finds the images in the cache.
            var other = step % 2 == 0 ? 0 : second.Step(views, indices, step);
            var one = first.Step(views, indices, step);
            if (step % 2 == 0)
                other = second.Step(views, indices, step);
            if (step >= WarmUp)
                seconds.Add((one, other));
        }
        var share = Statistic.Of([.. seconds.Select(s => s.First)])!.Value.Median / Statistic.Of([.. seconds.Select(s => s.Second)])!.Value.Median - 1;
        Console.WriteLine(SatJson.Write(new Dictionary<string, double> { [MeasureNames.StepShare] = share }));
    }

    private sealed class Stepping : IDisposable
    {
        private readonly Method _method;
        private readonly optim.Optimizer _optimizer;

        public Stepping(PluginHost host, TargetsCase given, ComponentSpec method)
        {
            manual_seed(1);
            var shape = new ImageShape(3, 32, 32);
            _method = host.CreateMethod(method, new TrainingTask
            {
                CreateBackbone = () => host.CreateModel(given.Model, new ModelContext(shape)),
                Classes = [],
                Shape = shape,
                Samples = given.Samples,
                Labels = null,
                Epochs = 1,
                StepsPerEpoch = WarmUp + Steps,
                Device = CPU,
                CreateGenerator = new MethodGenerators(new Seeds(1)).Create,
            });
            _method.Network.train();
            MemoryFormat.ChannelsLast.Lay(_method.Network);
            _optimizer = optim.SGD(_method.Network.parameters().Where(p => p.requires_grad), 0.01, momentum: 0.9);
        }

        /// <returns>Seconds.</returns>
        public double Step(IReadOnlyList<Tensor> views, Tensor indices, int step)
        {
            var clock = Stopwatch.StartNew();
            using var scope = NewDisposeScope();
            var loss = _method.Loss(new Batch { Views = views, Labels = empty(0, ScalarType.Int64), Indices = indices, Epoch = 0, Step = step });
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
