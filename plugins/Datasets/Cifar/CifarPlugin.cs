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
