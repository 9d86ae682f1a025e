using System.Diagnostics;
using Sat.Benchmarks.Measuring;
using Sat.Hosting;
using Sat.Records.Data;
using Sat.Records.Json;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>Parts of photos, and nothing else.</summary>
internal static class Photos
{
    private const int BatchSize = 100;
    private const int WarmUp = 1;
    private const int Epochs = 4;

    /// <summary>Prints the time an image.</summary>
    /// <param name="folder">The photos.</param>
    /// <param name="processors">How many processors may be used, the first ones.</param>
    public static void Run(string folder, int processors)
    {
        Restrict(processors);
        set_num_threads(1);
        var given = Cases.Given.Decode;
        var host = PluginHost.Discover(roots: [], plugins: [Workplace.FilesPlugin, Workplace.ViewsPlugin]);
        var augmentation = (IRegional)host.CreateAugmentation(given.Augmentation);
        var files = DataFiles.At(given.Dataset.Id, folder);
        using var dataset = host.OpenDataset(
            given.Dataset,
            new Dictionary<string, string> { ["path"] = folder },
            new DatasetContext(files) { LoaderThreads = processors }
        );
        var split = (IRegionSplit)dataset.Train;
        using var random = new Generator(1, CPU);

        var clock = new Stopwatch();
        for (var epoch = -WarmUp; epoch < Epochs; epoch++)
        {
            if (epoch == 0)
                clock.Start();
            for (var start = 0; start < given.Photos; start += BatchSize)
            {
                var positions = Enumerable.Range(start, Math.Min(BatchSize, given.Photos - start)).Select(i => (long)i).ToArray();
                split.Read(positions, augmentation.Regions(positions.Length, random)).Dispose();
            }
        }
        Console.WriteLine(
            SatJson.Write(
                new Dictionary<string, double>
                {
                    [MeasureNames.MicrosecondsPerImage] = clock.Elapsed.TotalMicroseconds / ((long)Epochs * given.Photos),
                }
            )
        );
    }

    private static void Restrict(int processors)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        using var process = Process.GetCurrentProcess();
        var (allowed, chosen) = (process.ProcessorAffinity, (nint)0);
        for (var i = 0; i < processors && allowed != 0; i++)
        {
            var lowest = allowed & -allowed;
            (chosen, allowed) = (chosen | lowest, allowed ^ lowest);
        }
        process.ProcessorAffinity = chosen;
    }
}
