using Sat.Records.Data;

namespace Sat.Datasets.Files;

/// <summary>The labelled images, as Kaggle gives them to those who accept its rules.</summary>
static class DogsVsCatsFiles
{
    public const string Archive = "train.zip";
    public const string Folder = "train";

    /// <summary>Images of each kind, numbered from 0: <c>cat.0.jpg</c> to <c>cat.12499.jpg</c>.</summary>
    public const int OfEach = 12_500;

    private const string Page = "https://www.kaggle.com/c/dogs-vs-cats/data";

    // Kaggle publishes no checksums.
    public static DataLayout Layout { get; } =
        new()
        {
            Files = [Archive],
            Unpacked = new UnpackedFiles
            {
                Folder = Folder,
                Selection = new FileSelection
                {
                    Include = [Pattern("cat"), Pattern("dog")],
                    Needs =
                    [
                        new NeededFiles(Pattern("cat"), "{folder} has no cats (cat.0.jpg and so on)."),
                        new NeededFiles(Pattern("dog"), "{folder} has no dogs (dog.0.jpg and so on)."),
                    ],
                },
            },
            Others =
            [
                // Two of its images are empty, and nobody has published whether its numbers are Kaggle's.
                new OtherVersion
                {
                    Name = "Microsoft's version, to which the published test set does not apply",
                    Folder = "PetImages",
                    Archive = "kagglecatsanddogs_5340.zip",
                    Files = ["Cat/0.jpg", "Dog/0.jpg"],
                },
            ],
            Obtain =
                $"Accept the rules at {Page}, download the data there and unpack it. Then give {Archive}, or the folder {Folder} that it unpacks to (cat.0.jpg to dog.12499.jpg), to 'dotnet sat data import', or as the dataset's 'path'.",
            Terms = "The rules of Kaggle's competition. You accept them there yourself, so no command downloads it.",
        };

    public static string Image(string kind, int number) => $"{kind}.{number}.jpg";

    private static string Pattern(string kind) => $"{kind}.*.jpg";
}
