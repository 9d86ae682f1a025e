using Sat.Datasets.Cifar.Corrupted;
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
        registry.AddDataset<CorruptedOptions>(
            "cifar10-c",
            "CIFAR-10-C: the 10,000 test images of CIFAR-10 under 15 corruptions of five severities each, for evaluations.",
            (context, options) => new CorruptedReader(context.Files, CifarReader.Published).Open(options.Corruptions),
            new ComponentDetails
            {
                Paper =
                    "D. Hendrycks, T. Dietterich, Benchmarking Neural Network Robustness to Common Corruptions and Perturbations, ICLR 2019, arXiv 1903.12261",
                Data = CorruptedFiles.Layout,
                TrainingSamples = 0,
            }
        );
    }

    private const string Paper = "A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009";
}
