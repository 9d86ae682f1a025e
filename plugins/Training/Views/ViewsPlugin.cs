using Sat.Sdk;

namespace Sat.Training.Views;

public sealed class ViewsPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddAugmentation<ByolViewsOptions>(
            "byol-views",
            "The views of BYOL: a random resized crop, flip, colour jitter, greyscale, blur and solarisation; the last two have a probability for each view.",
            options => new ByolViews(options),
            new ComponentDetails { Paper = "arXiv 2006.07733, appendix B; each operation as torchvision has it, on floating-point images" }
        );
}
