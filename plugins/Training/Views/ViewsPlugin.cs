using Sat.Sdk;

namespace Sat.Training.Views;

public sealed class ViewsPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddAugmentation<ByolViewsOptions>(
            "byol-views",
            "The views of BYOL: a random resized crop, flip, colour jitter, greyscale, blur and solarisation; the last two have a probability for each view.",
            options => new ByolViews(options),
            new ComponentDetails { Paper = "arXiv 2006.07733, appendix B; each operation as torchvision has it, on floating-point images" }
        );
        registry.AddAugmentation<ResizedCropOptions>(
            "resized-crop",
            "A random part of each image, resized to the images' size, and a random horizontal flip. For datasets that decode larger photos while training, such as imagenet, the part is cut from the photo at its full size.",
            options => new ResizedCrop(options),
            new ComponentDetails { Paper = "arXiv 1409.4842, section 6; as torchvision's RandomResizedCrop has it" }
        );
    }
}
