using Sat.Datasets.Files.Loading;
using Sat.Records.Options;

namespace Sat.Datasets.Files.ImageNet;

sealed record ImageNetOptions
{
    [Option(
        "The folder with ILSVRC2012_img_train.tar, ILSVRC2012_img_val.tar and ILSVRC2012_devkit_t12.tar.gz, or with train/ and val/, each with a folder per class, named by its WordNet id.",
        IsPath = true
    )]
    public string? Path { get; init; }

    [Option("Height and width of the pictures in pixels.", Min = 32, Max = 1024, MultipleOf = 4, AtMost = "resize")]
    public int Size { get; init; } = 224;

    [Option(
        "What the shorter side of a photo is resized to before the square in the middle is cut out, in pixels: of each test photo, and of each training photo unless an augmentation chooses parts of them.",
        Min = 32,
        Max = 2048
    )]
    public int Resize { get; init; } = 256;

    [Option(
        "WordNet ids of the classes to use: [n01440764, n02102040]. They are numbered in their byte order. Unset: all.",
        NotEmpty = true
    )]
    public string[]? Classes { get; init; }

    [Option("Use only so many classes, the first in byte order of their WordNet ids. Unset: all.", Min = 2)]
    public int? ClassCount { get; init; }

    [Option(
        "What to do with photos that cannot be decoded. refuse: end the run when one is read, and name it. skip: leave them out, and record which; all photos are decoded once for it, and which are bad is kept beside them."
    )]
    public BadFiles? BadFiles { get; init; }

    [Option("Use only so many training photos of each class, drawn by a hash of their names. Unset: all.", Min = 1)]
    public int? PerClass { get; init; }
}
