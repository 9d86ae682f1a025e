using Sat.Noise.Standard.Human;
using Sat.Records.Data;
using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Noise.Standard;

public sealed class NoisePlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddNoise<NoOptions>("none", "Leaves labels and images as they are.", (_, _) => new NoiseResult());
        registry.AddNoise<SymmetricOptions>(
            "symmetric",
            "Redraws a share of the labels at random.",
            SymmetricNoise.Apply,
            new ComponentDetails { Paper = "arXiv 2002.10319, section 2: labels are redrawn over all classes, the true one included" }
        );
        registry.AddNoise<RateOptions>(
            "pair-flip",
            "Changes a share of the labels to the next class, the last class's to the first.",
            (context, options) => ClassMapNoise.Apply(context, ClassMaps.Next(context.Classes.Count), options.Rate),
            new ComponentDetails { Paper = "arXiv 1804.06872, section 4" }
        );
        registry.AddNoise<AsymmetricOptions>(
            "asymmetric",
            "Changes a share of the labels of some classes to a class that looks similar.",
            (context, options) => ClassMapNoise.Apply(context, ClassMaps.Parse(options.Map, context.Classes), options.Rate),
            new ComponentDetails { Paper = "arXiv 1609.03683, section 5" }
        );
        registry.AddNoise<LabelFileOptions>(
            "from-file",
            "Labels from a file: those of human annotators, or a vector saved earlier.",
            LabelFileNoise.Apply,
            new ComponentDetails { Reads = new FileSelection { OneFile = true } }
        );
        registry.AddNoise<Cifar10nOptions>(
            "cifar10n",
            "CIFAR-10N: labels that people gave to CIFAR-10's training images, from the published file.",
            (context, options) => HumanLabelNoise.Apply(context, "cifar10n", "CIFAR-10_human.pt", HumanLabels.Of(options.Labels)),
            OfPeople("cifar10")
        );
        registry.AddNoise<Cifar100nOptions>(
            "cifar100n",
            "CIFAR-100N: labels that people gave to CIFAR-100's training images, from the published file.",
            (context, options) => HumanLabelNoise.Apply(context, "cifar100n", "CIFAR-100_human.pt", HumanLabels.Of(options.Labels)),
            OfPeople("cifar100")
        );

        registry.AddNoise<CorruptionOptions>(
            "gaussian",
            "Replaces a share of the images by Gaussian noise with the dataset's mean and deviation.",
            (context, options) => ImageCorruption.Apply(context, options, ImageCorruption.Gaussian),
            OnImages
        );
        registry.AddNoise<CorruptionOptions>(
            "random-pixels",
            "Permutes the pixels of a share of the images, each image in its own way.",
            (context, options) => ImageCorruption.Apply(context, options, ImageCorruption.RandomPixels),
            OnImages
        );
        registry.AddNoise<CorruptionOptions>(
            "shuffled-pixels",
            "Permutes the pixels of a share of the images, all in the same way.",
            (context, options) => ImageCorruption.Apply(context, options, ImageCorruption.ShuffledPixels),
            OnImages
        );
    }

    private static ComponentDetails OfPeople(string dataset) =>
        new()
        {
            Paper = "Wei, Zhu, Cheng, Liu, Niu, Liu, Learning with Noisy Labels Revisited, ICLR 2022 (arXiv 2110.12088)",
            Reads = new FileSelection { OneFile = true },
            Requires = new Dictionary<string, string> { ["dataset.id"] = dataset },
        };

    /// <summary>Revision 2: accuracies on clean images are measured on the images before the corruption.</summary>
    private static readonly ComponentDetails OnImages = new()
    {
        Paper = "arXiv 2002.10319, section 2, after arXiv 1611.03530",
        Revision = 2,
    };
}
