using Sat.Records.Options;

namespace Sat.Datasets.Stl;

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
        Max = 96,
        DivisorOf = 96
    )]
    public int Size { get; init; } = 96;
}
