using System.Diagnostics;
using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Hosting;
using Sat.Records.Json;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>Views of batches, and nothing else.</summary>
internal static class Views
{
    private const int BatchSize = 128;
    private const int WarmUp = 2;

    /// <summary>Values that are worked on while measured: more images where they are small.</summary>
    private const int Values = 40 * BatchSize * 3 * 32 * 32;

    /// <summary>Prints the time an image, all its views together.</summary>
    /// <param name="operation">One of the cases' operations.</param>
    /// <param name="side">Of the images, in pixels.</param>
    public static void Run(string operation, int side)
    {
        set_num_threads(1);
        var given = Cases.Given.Views;
        var (views, options) = (given.Operations[operation].Views, (JsonObject)given.Operations[operation].Options.DeepClone());
        var host = PluginHost.Discover(roots: [], plugins: [Workplace.ViewsPlugin]);
        var augmentations = host.CreateAugmentation(new ComponentSpec { Id = given.Augmentation, Options = options }).Views(views);
        using var random = new Generator(1, CPU);
        using var images = randint(0, 256, [BatchSize, 3, side, side], ScalarType.Byte, generator: random);
        var batches = Math.Max(2, Values / (BatchSize * 3 * side * side));

        var clock = new Stopwatch();
        for (var batch = -WarmUp; batch < batches; batch++)
        {
            if (batch == 0)
                clock.Start();
            using var scope = NewDisposeScope();
            foreach (var augmentation in augmentations)
                augmentation.Apply(images, random);
        }
        Console.WriteLine(
            SatJson.Write(
                new Dictionary<string, double>
                {
                    [MeasureNames.MicrosecondsPerImage] = clock.Elapsed.TotalMicroseconds / (batches * BatchSize),
                }
            )
        );
    }
}
