using System.Diagnostics;
using Sat.Benchmarks.Groups;
using Sat.Benchmarks.Measuring;
using Sat.Engine;
using Sat.Engine.Conditions;
using Sat.Engine.Data;
using Sat.Engine.Training;
using Sat.Hosting;
using Sat.Records.Json;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>Training steps on files, by the engine's own batches and optimizer steps, without evaluation: datasets that the tool brings are held in memory.</summary>
internal static class StreamedSteps
{
    /// <summary>Prints images a second of all epochs but the first.</summary>
    /// <param name="folder">A folder of JPEGs.</param>
    /// <param name="threads">Threads within an operation.</param>
    public static void Run(string folder, int threads)
    {
        var given = Cases.Given.Streamed;
        set_num_threads(threads);
        var host = PluginHost.Discover(roots: [], plugins: [Workplace.ConvolutionalPlugin, Workplace.SupervisedPlugin, Workplace.TrainingPlugin]);
        using var files = new PictureFolder(folder);
        var seeds = new Seeds(1);
        var shape = new ImageShape(3, PictureFolder.Side, PictureFolder.Side);
        manual_seed(1);
        var method = host.CreateMethod(given.Method, new TrainingTask
        {
            CreateBackbone = () => host.CreateModel(given.Model, new ModelContext(shape)),
            Classes = [.. Enumerable.Range(0, PictureFolder.Classes).Select(c => $"class {c}")],
            Shape = shape,
            Samples = files.Count,
            Labels = files.Labels,
            Epochs = given.Epochs,
            StepsPerEpoch = (files.Count + given.BatchSize - 1) / given.BatchSize,
            Device = CPU,
            CreateGenerator = new MethodGenerators(seeds).Create,
        });
        method.Network.train();
        using var pixels = new Pixels(new Normalization([0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]), CPU, MemoryFormat.ChannelsLast.Lay(method.Network));
        using var images = ImageSource.Of(files, files.Count, CPU);
        var stream = new BatchStream(
            new LabelledImages(images, files.Labels, files.Labels), new TrainingOptions { BatchSize = given.BatchSize },
            [host.CreateAugmentation(new ComponentSpec { Id = Cases.Given.Augmentation })], pixels, seeds, CPU, ReadAhead.IsOn(DeviceType.CPU));
        using var optimizer = optim.SGD(method.Network.parameters().Where(p => p.requires_grad), 0.01, momentum: 0.9);
        var step = OptimizerStep.Of(optimizer, fused: true, scaled: false);

        var clock = new Stopwatch();
        for (var epoch = 0; epoch < given.Epochs; epoch++)
        {
            if (epoch == 1)
                clock.Start();
            using var order = stream.NextOrder();
            for (var i = 0L; i < stream.StepsPerEpoch; i++)
            {
                using var scope = NewDisposeScope();
                var loss = method.Loss(stream.Next(order, epoch, i));
                optimizer.zero_grad();
                loss.backward();
                step.Make(overflow: null);
            }
        }
        Console.WriteLine(SatJson.Write(new Dictionary<string, double> { [MeasureNames.TrainingRate] = files.Count * (given.Epochs - 1) / clock.Elapsed.TotalSeconds }));
        method.Network.Dispose();
    }
}
