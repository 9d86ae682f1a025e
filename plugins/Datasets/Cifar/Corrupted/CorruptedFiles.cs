using Sat.Records.Data;

namespace Sat.Datasets.Cifar.Corrupted;

/// <summary>The archive of CIFAR-10-C, which is read as it is, or what it unpacks to.</summary>
static class CorruptedFiles
{
    public const string Archive = "CIFAR-10-C.tar";
    public const string Folder = "CIFAR-10-C";
    public const string Labels = "labels.npy";
    public const string Ending = ".npy";

    private const string Images = "*" + Ending;
    private const string Address = "https://zenodo.org/records/2535967/files/CIFAR-10-C.tar";

    // Length, MD5 and licence: zenodo.org/records/2535967; the length is that of TensorFlow Datasets' cifar10_corrupted too.
    private const string Md5 = "56bf5dcef84df0e2308c6dcbcbbd8499";

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
                    Bytes = 2_918_471_680,
                    Md5 = Md5,
                },
            ],
            Unpacked = new UnpackedFiles
            {
                Folder = Folder,
                Selection = new FileSelection
                {
                    Include = [Labels, Images],
                    Needs =
                    [
                        new NeededFiles(Labels, $"{{folder}} lacks {Labels}."),
                        new NeededFiles(Images, "{folder} has no arrays of images."),
                    ],
                },
            },
            Obtain =
                $"Download {Address} (2.9 GB), and give the archive, or the folder it unpacks to, to 'dotnet sat data import', or as the dataset's 'path'.",
            Terms = "CC BY 4.0; its authors ask you to cite D. Hendrycks and T. Dietterich, ICLR 2019.",
            Variants =
            [
                new DataVariant(
                    "published",
                    "The archive of Zenodo's record 2535967.",
                    new Dictionary<string, string>(),
                    new Dictionary<string, string> { [Archive] = Md5 }
                ),
            ],
        };
}
