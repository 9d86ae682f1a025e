using Sat.Records.Data;

namespace Sat.Datasets.Cifar;

/// <summary>The files of the binary versions, as their author publishes them, and how the Python versions have them.</summary>
static class CifarFiles
{
    public static IReadOnlyList<string> TrainingBatches { get; } = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")];

    public const string TestBatch = "test_batch.bin";
    public const string ClassNames = "batches.meta.txt";
    public const string Train = "train.bin";
    public const string Test = "test.bin";
    public const string FineNames = "fine_label_names.txt";
    public const string CoarseNames = "coarse_label_names.txt";

    private const string NamesPickle = "batches.meta";

    /// <summary>The image files of CIFAR-10's Python version, and those of the binary one with the same images in the same order.</summary>
    private static readonly Dictionary<string, string> Pickles = TrainingBatches
        .Append(TestBatch)
        .ToDictionary(name => Path.GetFileNameWithoutExtension(name), StringComparer.Ordinal);

    private const string Terms = "Its author states no licence, and asks you to cite the technical report (A. Krizhevsky, 2009).";

    // Checksums of the published archives and of their .bin files: ankane/torchvision-ruby,
    // lib/torchvision/datasets/cifar10.rb and cifar100.rb; those of the archives stand in several other repositories too,
    // and so do their lengths. The author's page gives their MD5.
    public static DataLayout Cifar10 { get; } =
        new()
        {
            Folder = "cifar-10-batches-bin",
            Files = [.. TrainingBatches, TestBatch, ClassNames],
            Sources =
            [
                new DataSource
                {
                    Name = "cifar-10-binary.tar.gz",
                    Address = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                    Bytes = 170_052_171,
                    Sha256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                    Md5 = "c32a1d4ab5d03f1284b67883e8d87530",
                },
            ],
            Others =
            [
                new OtherVersion
                {
                    Name = "the Python version of CIFAR-10",
                    Folder = "cifar-10-batches-py",
                    Archive = "cifar-10-python.tar.gz",
                    Files = [.. Pickles.Keys.Order(StringComparer.Ordinal).Append(NamesPickle)],
                    Makes = Pickles
                        .ToDictionary(p => p.Value, p => new PickledRows { File = p.Key, Columns = ["labels", "data"] })
                        .Append(
                            new(
                                ClassNames,
                                new PickledRows
                                {
                                    File = NamesPickle,
                                    Lines = "label_names",
                                    End = "\n",
                                }
                            )
                        )
                        .ToDictionary(),
                },
                new OtherVersion
                {
                    Name = "the MATLAB version of CIFAR-10",
                    Folder = "cifar-10-batches-mat",
                    Archive = "cifar-10-matlab.tar.gz",
                    Files = ["data_batch_1.mat", "test_batch.mat"],
                },
            ],
            Obtain = Obtain("CIFAR-10 binary version (170 MB)", "cifar-10-binary.tar.gz"),
            Terms = Terms,
            Variants =
            [
                new DataVariant(
                    "published",
                    "The binary version published at www.cs.toronto.edu/~kriz/cifar.html.",
                    new Dictionary<string, string>
                    {
                        ["data_batch_1.bin"] = "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
                        ["data_batch_2.bin"] = "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
                        ["data_batch_3.bin"] = "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
                        ["data_batch_4.bin"] = "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
                        ["data_batch_5.bin"] = "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
                        ["test_batch.bin"] = "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
                    }
                ),
                new DataVariant(
                    "jpeg-q75",
                    "All images in their original order, but decoded from JPEG of quality 75 with chroma at half resolution: "
                        + "mean absolute difference from the published pixels 5.8 of 255 levels, so expect somewhat lower accuracies.",
                    new Dictionary<string, string>
                    {
                        ["data_batch_1.bin"] = "8da035fc1631e8ce5f25904206b8993b0f3ad02a504c0584d662e806fd76c12b",
                        ["data_batch_2.bin"] = "106eeaad9f1fa7a999292fdafe68ee909080f58aee038a76994035aedf40ba26",
                        ["data_batch_3.bin"] = "99cb88ba00fca88bf28c517a74307b6b78a346c6ea747a561cb8e660c787d5cb",
                        ["data_batch_4.bin"] = "76b482bc3bb79c0370e48ea71bb6e4f567a3770d224dc09a9ddc8cfa2369f294",
                        ["data_batch_5.bin"] = "490f5ead4f04a3eb71d5898eb551e0d8d2c592feb778fb9b109a006b3f231495",
                        ["test_batch.bin"] = "0ce179d0c0a5220739d6223197952896644ceabb648dacfdebd7f06789af543f",
                    }
                ),
            ],
        };

    public static DataLayout Cifar100 { get; } =
        new()
        {
            Folder = "cifar-100-binary",
            Files = [Train, Test, FineNames, CoarseNames],
            Sources =
            [
                new DataSource
                {
                    Name = "cifar-100-binary.tar.gz",
                    Address = "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
                    Bytes = 168_513_733,
                    Sha256 = "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
                    Md5 = "03b5dce01913d631647c71ecec9e9cb8",
                },
            ],
            Others =
            [
                new OtherVersion
                {
                    Name = "the Python version of CIFAR-100",
                    Folder = "cifar-100-python",
                    Archive = "cifar-100-python.tar.gz",
                    Files = ["train", "test", "meta"],
                    Makes = new Dictionary<string, PickledRows>
                    {
                        [Train] = new() { File = "train", Columns = ["coarse_labels", "fine_labels", "data"] },
                        [Test] = new() { File = "test", Columns = ["coarse_labels", "fine_labels", "data"] },
                        [FineNames] = new() { File = "meta", Lines = "fine_label_names" },
                        [CoarseNames] = new() { File = "meta", Lines = "coarse_label_names" },
                    },
                },
                new OtherVersion
                {
                    Name = "the MATLAB version of CIFAR-100",
                    Folder = "cifar-100-matlab",
                    Archive = "cifar-100-matlab.tar.gz",
                    Files = ["train.mat", "test.mat", "meta.mat"],
                },
            ],
            Obtain = Obtain("CIFAR-100 binary version (169 MB)", "cifar-100-binary.tar.gz"),
            Terms = Terms,
            Variants =
            [
                new DataVariant(
                    "published",
                    "The binary version published at www.cs.toronto.edu/~kriz/cifar.html.",
                    new Dictionary<string, string>
                    {
                        ["train.bin"] = "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29",
                        ["test.bin"] = "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a",
                    }
                ),
            ],
        };

    private static string Obtain(string name, string archive) =>
        $"Download the {name} from https://www.cs.toronto.edu/~kriz/{archive}, and give the archive, or the folder it unpacks to, to 'dotnet sat data import', or as the dataset's 'path'.";
}
