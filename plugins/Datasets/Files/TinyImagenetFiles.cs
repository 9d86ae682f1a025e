using Sat.Records.Data;

namespace Sat.Datasets.Files;

/// <summary>Tiny ImageNet's archive, which is read as it is, or what it unpacks to.</summary>
static class TinyImagenetFiles
{
    public const string Archive = "tiny-imagenet-200.zip";
    public const string Folder = "tiny-imagenet-200";
    public const string ClassList = "wnids.txt";
    public const string Words = "words.txt";
    public const string TestLabels = "val/val_annotations.txt";
    public const string TrainFolder = "train";
    public const string ImageFolder = "images";
    public const string TestFolder = "val/images";

    private const string Train = $"{TrainFolder}/*/{ImageFolder}/*";
    private const string Test = $"{TestFolder}/*";
    private const string Address = "http://cs231n.stanford.edu/tiny-imagenet-200.zip";

    // MD5: ContinualAI/avalanche, avalanche/benchmarks/datasets/tiny_imagenet, and many others. Length and SHA-256 are those of files with
    // that MD5, and stand in several repositories too.
    public static DataLayout Layout { get; } =
        new()
        {
            Files = [Archive],
            Sources =
            [
                new DataSource
                {
                    Name = Archive,
                    Address = Address,
                    Format = DataFormat.File,
                    Bytes = 248_100_043,
                    Sha256 = Sha256,
                    Md5 = "90528d7ca1a48142e341f4ef8d21d0de",
                },
            ],
            Unpacked = new UnpackedFiles
            {
                Folder = Folder,
                Selection = new FileSelection
                {
                    Include = [ClassList, Words, Train, TestLabels, Test],
                    Needs =
                    [
                        new NeededFiles(ClassList, Lacks(ClassList)),
                        new NeededFiles(Words, Lacks(Words)),
                        new NeededFiles(Train, Lacks("train/n*/images/*.JPEG")),
                        new NeededFiles(TestLabels, Lacks(TestLabels)),
                        new NeededFiles(Test, Lacks("val/images/*.JPEG")),
                    ],
                },
            },
            Obtain =
                $"Download {Address} (248 MB), and give the archive, or the folder it unpacks to, to 'dotnet sat data import', or as the dataset's 'path'.",
            Terms = "Its images are from ImageNet, for non-commercial research and education.",
            Variants =
            [
                new DataVariant(
                    "published",
                    "The archive published at cs231n.stanford.edu.",
                    new Dictionary<string, string> { [Archive] = Sha256 }
                ),
            ],
        };

    private const string Sha256 = "6198c8ae015e2b3e007c7841da39ec069199b9aa3bfa943a462022fe5e43c821";

    private static string Lacks(string what) => $"{{folder}} lacks {what}.";
}
