using System.Diagnostics;
using Sat.Benchmarks.Groups;
using Sat.Benchmarks.Measuring;
using Sat.Engine;
using Sat.Hosting;
using Sat.Records.Json;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>Training steps of a method on random images, and nothing else: no data, no augmentation, no files.</summary>
internal static class MethodSteps
{
    private const int WarmUp = 10;
    private const int Steps = 80;

    /// <summary>Prints the images a second.</summary>
    /// <param name="subject">A subject of the case, by name.</param>
    public static void Run(string subject)
    {
        var given = Cases.Given.Targets;
        set_num_threads(given.Threads);
        manual_seed(1);
        var shape = new ImageShape(3, 32, 32);
        var host = PluginHost.Discover(roots: [], plugins: [Workplace.ConvolutionalPlugin, Workplace.SelfSupervisedPlugin]);
        var method = host.CreateMethod(given.Subjects.Single(s => s.Name == subject).Method, new TrainingTask
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
        using var network = method.Network;
        network.train();
        var format = MemoryFormat.ChannelsLast.Lay(network);
        using var optimizer = optim.SGD(network.parameters().Where(p => p.requires_grad), 0.01, momentum: 0.9);
        using var order = randperm(given.Samples, ScalarType.Int64);
        var clock = new Stopwatch();
        for (var step = 0; step < WarmUp + Steps; step++)
        {
            if (step == WarmUp)
                clock.Start();
            using var scope = NewDisposeScope();
            var loss = method.Loss(new Batch
            {
                Views = [.. Enumerable.Range(0, 2).Select(_ => format.Of(randn(given.BatchSize, 3, 32, 32)))],
                Labels = empty(0, ScalarType.Int64),
                Indices = order.narrow(0, (long)step * given.BatchSize, given.BatchSize),
                Epoch = 0,
                Step = step,
            });
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            using var noGradients = no_grad();
            (method as IStepEnded)?.StepEnded(step);
        }
        Console.WriteLine(SatJson.Write(new Dictionary<string, double> { [MeasureNames.TrainingRate] = Steps * given.BatchSize / clock.Elapsed.TotalSeconds }));
    }
}
