using Sat.Sdk;

namespace Sat.Datasets.ImageNet;

public sealed class ImageNetPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<ImageNetOptions>(
            ImageNetFiles.Id,
            "ImageNet (ILSVRC2012): 1,281,167 training and 50,000 validation photos of 1,000 classes, or some of the classes.",
            (context, options) => ImageNetReader.Open(context.Files, options),
            new ComponentDetails
            {
                Paper = "O. Russakovsky and others, ImageNet Large Scale Visual Recognition Challenge, arXiv 1409.0575",
                Data = ImageNetFiles.Layout,
            }
        );
}
