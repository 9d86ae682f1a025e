using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Datasets.Cifar;

public sealed class CifarPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddDataset<Cifar10Options>(
            "cifar10",
            "CIFAR-10: 50,000 + 10,000 colour images of 32 x 32 pixels, ten classes.",
            (context, _) => CifarReader.Cifar10(context.Files),
            new ComponentDetails
            {
                Paper = Paper,
                Data = CifarFiles.Cifar10,
                TrainingSamples = 50_000,
            }
        );
        registry.AddDataset<Cifar100Options>(
            "cifar100",
            "CIFAR-100: 50,000 + 10,000 colour images of 32 x 32 pixels, a hundred classes in twenty superclasses.",
            (context, options) => CifarReader.Cifar100(context.Files, options.Labels),
            new ComponentDetails
            {
                Paper = Paper,
                Data = CifarFiles.Cifar100,
                TrainingSamples = 50_000,
            }
        );
    }

    private const string Paper = "A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009";
}

sealed record Cifar10Options
{
    [Option("Folder with the binary version's files, or cifar-10-binary.tar.gz.", IsPath = true)]
    public string? Path { get; init; }
}

enum CifarLabels
{
    Fine,
    Coarse,
}

sealed record Cifar100Options
{
    [Option("Folder with the binary version's files, or cifar-100-binary.tar.gz.", IsPath = true)]
    public string? Path { get; init; }

    [Option("The hundred classes, or their twenty superclasses.")]
    public CifarLabels Labels { get; init; }
}
