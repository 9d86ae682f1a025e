using Sat.Sdk;

namespace Sat.Datasets.Shapes;

public sealed class ShapesPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<ShapesOptions>(
            "shapes",
            "Ten kinds of shapes, drawn at random places, sizes, angles and colours on a noisy background; needs no download.",
            (_, options) => ShapesReader.Draw(options),
            new ComponentDetails { TrainingSamplesOption = "train-samples" }
        );
}
