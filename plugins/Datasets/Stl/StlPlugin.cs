using Sat.Sdk;

namespace Sat.Datasets.Stl;

public sealed class StlPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<StlOptions>(
            "stl10",
            "STL-10: 5,000 labelled, 100,000 unlabelled and 8,000 test images of 96 x 96 pixels in colour, ten classes.",
            (context, options) => new StlReader(context.Files, options).Open(),
            new ComponentDetails
            {
                Paper = "A. Coates, H. Lee, A. Ng, An Analysis of Single-Layer Networks in Unsupervised Feature Learning, AISTATS 2011",
                Data = StlFiles.Layout,
            }
        );
}
