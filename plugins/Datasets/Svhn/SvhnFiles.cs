using Sat.Records.Data;

namespace Sat.Datasets.Svhn;

/// <summary>The files of cropped digits, as their authors publish them.</summary>
static class SvhnFiles
{
    public const string Train = "train_32x32.mat";
    public const string Test = "test_32x32.mat";
    public const string Extra = "extra_32x32.mat";

    private const string Site = "http://ufldl.stanford.edu/housenumbers/";

    // MD5: pytorch/vision, torchvision/datasets/svhn.py. Length and SHA-256: tensorflow/datasets,
    // tensorflow_datasets/url_checksums/svhn_cropped.txt.
    private static readonly DataSource[] Published =
    [
        new()
        {
            Name = Train,
            Address = Site + Train,
            Format = DataFormat.File,
            Bytes = 182_040_794,
            Sha256 = "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8",
            Md5 = "e26dedcc434d2e4c54c9b2d4a06d8373",
        },
        new()
        {
            Name = Test,
            Address = Site + Test,
            Format = DataFormat.File,
            Bytes = 64_275_384,
            Sha256 = "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b",
            Md5 = "eb5a983be6a315427106f1b164d9cef3",
        },
        new()
        {
            Name = Extra,
            Address = Site + Extra,
            Format = DataFormat.File,
            Bytes = 1_329_278_602,
            Sha256 = "a133a4beb38a00fcdda90c9489e0c04f900b660ce8a316a5e854838379a71eb3",
            Md5 = "a93ce644f1a588dc4d68dda5feec44a7",
        },
    ];

    public static DataLayout Basic { get; } = Layout(Train, Test);

    public static DataLayout WithExtra { get; } = Layout(Train, Test, Extra);

    private static DataLayout Layout(params string[] files)
    {
        DataSource[] sources = [.. Published.Where(s => files.Contains(s.Name))];
        return new DataLayout
        {
            Files = files,
            Sources = sources,
            Others =
            [
                new OtherVersion
                {
                    Name = "SVHN with whole house numbers",
                    Folder = "train",
                    Archive = "train.tar.gz",
                    Files = ["digitStruct.mat"],
                },
            ],
            Obtain =
                $"Download {string.Join(", ", files[..^1])} and {files[^1]} from {Site}, and give their folder to 'dotnet sat data import', or as the dataset's 'path'.",
            Terms = "For non-commercial use only; its authors ask you to cite Y. Netzer and others, 2011.",
            Variants =
            [
                new DataVariant(
                    "published",
                    "The cropped digits published at ufldl.stanford.edu/housenumbers.",
                    sources.ToDictionary(s => s.Name, s => s.Sha256!)
                ),
            ],
        };
    }
}
