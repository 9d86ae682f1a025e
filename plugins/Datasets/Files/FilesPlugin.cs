using Sat.Datasets.Files.ImageNet;
using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Files;

public sealed class FilesPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddDataset<ImageFolderOptions>(
            "image-folder",
            "A folder of images: train/CLASS/* and test/CLASS/* (or val/CLASS/*), cut to squares.",
            (context, options) => ImageFolder.Open(context.Files, options, context.LoaderThreads),
            new ComponentDetails { Reads = ImageFolder.Reads }
        );
        registry.AddDataset<NpzOptions>(
            "npz",
            "A NumPy archive with arrays of images and labels, for training and testing.",
            (context, options) => NpzArchive.Open(context.Files, options),
            new ComponentDetails { Reads = new FileSelection { OneFile = true } }
        );
        registry.AddDataset<DogsVsCatsOptions>(
            DogsVsCatsReader.Id,
            "Dogs vs. Cats: 20,000 + 5,000 colour photos, cut to squares, two classes, with the test set of Deep Gamblers.",
            (context, options) => DogsVsCatsReader.Open(context.Files, options, context.LoaderThreads),
            new ComponentDetails
            {
                Paper = "Z. Liu and others, Deep Gamblers: Learning to Abstain with Portfolio Theory, NeurIPS 2019 (the test set)",
                Data = DogsVsCatsFiles.Layout,
                TrainingSamples = 20_000,
            }
        );
        registry.AddDataset<TinyImagenetOptions>(
            TinyImagenetReader.Id,
            "Tiny ImageNet: 100,000 + 10,000 colour images of 64 x 64 pixels, two hundred classes of ImageNet.",
            (context, options) => TinyImagenetReader.Open(context.Files, options, context.LoaderThreads),
            new ComponentDetails
            {
                Paper = "Y. Le, X. Yang, Tiny ImageNet Visual Recognition Challenge, Stanford CS 231N, 2015",
                Data = TinyImagenetFiles.Layout,
                TrainingSamples = 100_000,
            }
        );
        registry.AddDataset<ImageNetOptions>(
            ImageNetFiles.Id,
            "ImageNet (ILSVRC2012): 1,281,167 training and 50,000 validation photos of 1,000 classes, or some of the classes.",
            (context, options) => ImageNetReader.Open(context.Files, options, context.LoaderThreads),
            new ComponentDetails
            {
                Paper = "O. Russakovsky and others, ImageNet Large Scale Visual Recognition Challenge, arXiv 1409.0575",
                Data = ImageNetFiles.Layout,
            }
        );
    }
}
