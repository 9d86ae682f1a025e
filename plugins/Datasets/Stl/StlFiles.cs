using Sat.Records.Data;

namespace Sat.Datasets.Stl;

/// <summary>The files of the binary version, as its authors publish them.</summary>
static class StlFiles
{
    public const string TrainImages = "train_X.bin";
    public const string TrainLabels = "train_y.bin";
    public const string TestImages = "test_X.bin";
    public const string TestLabels = "test_y.bin";
    public const string UnlabeledImages = "unlabeled_X.bin";
    public const string ClassNames = "class_names.txt";
    public const string Folds = "fold_indices.txt";

    private const string Address = "http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz";

    // MD5 of the archive and of its .bin files: pytorch/vision, torchvision/datasets/stl10.py. The SHA-256 of the two
    // training files are those of files with that MD5; of the others nobody has published one.
    public static DataLayout Layout { get; } =
        new()
        {
            Folder = "stl10_binary",
            Files = [TrainImages, TrainLabels, TestImages, TestLabels, UnlabeledImages, ClassNames, Folds],
            Sources =
            [
                new DataSource
                {
                    Name = "stl10_binary.tar.gz",
                    Address = Address,
                    Md5 = "91f7769df0f17e558f3565bffb0c7dfb",
                },
            ],
            Others =
            [
                new OtherVersion
                {
                    Name = "the MATLAB version of STL-10",
                    Folder = "stl10_matlab",
                    Archive = "stl10_matlab.tar.gz",
                    Files = ["train.mat", "test.mat"],
                },
            ],
            Obtain =
                $"Download the binary version (2.6 GB) from {Address}, and give the archive, or the folder it unpacks to, to 'dotnet sat data import', or as the dataset's 'path'.",
            Terms =
                "Its images are from ImageNet, for non-commercial research and education; its authors ask you to cite A. Coates, H. Lee, A. Ng, AISTATS 2011.",
            Variants =
            [
                new DataVariant(
                    "published",
                    "The binary version published at ai.stanford.edu/~acoates/stl10.",
                    new Dictionary<string, string>
                    {
                        [TrainImages] = "fd6ff6b82df7f3bdb4c3a506888012a65a9a1e7fdf5efc0078570737bfa39d82",
                        [TrainLabels] = "0cd44363fdaae70fdc79bc8a500aef0436bf2476db3292726814afed629d40dc",
                    },
                    new Dictionary<string, string>
                    {
                        [TestImages] = "7f263ba9f9e0b06b93213547f721ac82",
                        [TestLabels] = "36f9794fa4beb8a2c72628de14fa638e",
                        [UnlabeledImages] = "5242ba1fed5e4be9e1e742405eb56ca4",
                    }
                ),
            ],
        };
}
