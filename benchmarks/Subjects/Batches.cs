using System.Diagnostics;
using Sat.Benchmarks.Measuring;
using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Engine.Training;
using Sat.Hosting;
using Sat.Records.Json;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>Batches as the engine's training loop takes them, and nothing else.</summary>
internal static class Batches
{
    private const int Samples = 2560;
    private const int BatchSize = 128;
    private const int WarmUp = 5;
    private const int Epochs = 20;

    /// <summary>Prints the time an image.</summary>
    /// <param name="data">A NumPy archive.</param>
    /// <param name="by"><c>engine</c>; or <c>tensors</c>: the augmentation's own tensor code.</param>
    public static void Run(string data, string by)
    {
        set_num_threads(1);
        var (images, labels) = RandomImages.Read(data, "train", Samples);
        var host = PluginHost.Discover(roots: [], plugins: [Workplace.TrainingPlugin]);
        var augmentation = host.CreateAugmentation(new ComponentSpec { Id = Cases.Given.Augmentation });
        using var pixels = new Pixels(new Normalization([0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]), CPU);
        var stream = new BatchStream(
            new SampleSet(ImageSource.From(images), labels, labels),
            new TrainingOptions { BatchSize = BatchSize },
            [by == "engine" ? augmentation : new TensorCode(augmentation)],
            pixels,
            new Seeds(1),
            CPU
        );

        var clock = new Stopwatch();
        for (var epoch = 0; epoch < WarmUp + Epochs; epoch++)
        {
            if (epoch == WarmUp)
                clock.Start();
            using var orders = stream.NextOrders(epoch);
            for (var step = 0L; step < stream.StepsPerEpoch; step++)
            {
                using var scope = NewDisposeScope();
                stream.Next(orders, epoch, step);
            }
        }
        Console.WriteLine(
            SatJson.Write(
                new Dictionary<string, double>
                {
                    [MeasureNames.MicrosecondsPerImage] = clock.Elapsed.TotalMicroseconds / (Epochs * Samples),
                }
            )
        );
    }

    /// <summary>An augmentation without the ability to tell its windows.</summary>
    private sealed class TensorCode(IAugmentation inner) : IAugmentation
    {
        public Tensor Apply(Tensor images, Generator random) => inner.Apply(images, random);
    }
}
