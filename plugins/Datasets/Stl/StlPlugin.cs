using Sat.Records.Options;
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

/// <summary>What is trained on.</summary>
enum StlTraining
{
    Labeled,
    Unlabeled,
    All,
}

sealed record StlOptions
{
    [Option("Folder with the binary version's files, or stl10_binary.tar.gz.", IsPath = true)]
    public string? Path { get; init; }

    [Option(
        "What to train on: the labelled images, the unlabelled ones, or all, the labelled ones first. The latter two train without labels; evaluations always use the labelled images."
    )]
    public StlTraining Train { get; init; }

    [Option("Which of the ten published folds of 1,000 labelled images to use, from 1; 0: all 5,000.", Min = 0, Max = 10)]
    public int Fold { get; init; }

    [Option(
        "Side of the images in pixels: 96, or a divisor of it such as 48 or 32, with each pixel the mean of a block.",
        Min = 1,
        Max = 96
    )]
    public int Size { get; init; } = 96;
}
