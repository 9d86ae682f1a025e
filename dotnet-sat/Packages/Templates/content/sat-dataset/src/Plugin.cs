using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;

namespace MyDataset;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<MyDatasetOptions>(
            "my-dataset",
            "Stripes that run across or down, under noise",
            (_, options) => Stripes(options),
            new() { TrainingSamplesOption = "train-samples" }
        );

    private static ResidentDataset Stripes(MyDatasetOptions options)
    {
        ResidentSplit Split(int count, ulong seed)
        {
            using var scope = NewDisposeScope();
            // Seeded: whoever opens the dataset gets the same images in the same order.
            var random = new Generator(seed);
            var labels = randint(0, 2, [count], ScalarType.Int64, generator: random);
            var across = arange(16).remainder(4).lt(2).to(ScalarType.Float32).view(1, 1, 16, 1).expand(count, 3, 16, 16);
            var stripes = where(labels.eq(0).view(-1, 1, 1, 1), across, across.transpose(2, 3));
            var pixels = (stripes * 100) + (rand([count, 3, 16, 16], generator: random) * 155);
            return new(pixels.to(ScalarType.Byte).DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        }
        return new ResidentDataset(["across", "down"], normalization: null, Split(options.TrainSamples, 1), Split(options.TestSamples, 2))
        {
            LabelsAreTrue = true,
        };
    }
}

public sealed record MyDatasetOptions
{
    [Option("Training images", Min = 2)]
    public int TrainSamples { get; init; } = 400;

    [Option("Test images", Min = 2)]
    public int TestSamples { get; init; } = 200;
}
