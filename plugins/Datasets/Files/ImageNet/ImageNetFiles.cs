using Sat.Records.Data;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>The files as they are handed out, and the folders that they are usually unpacked to.</summary>
static class ImageNetFiles
{
    public const string Id = "imagenet";
    public const string TrainArchive = "ILSVRC2012_img_train.tar";
    public const string TestArchive = "ILSVRC2012_img_val.tar";
    public const string DevKitArchive = "ILSVRC2012_devkit_t12.tar.gz";
    public const string Train = "train";
    public const string Test = "val";

    private const string TrainEntry = $"{TrainArchive}|{Train}/*/*";
    private const string TestEntry = $"{TestArchive}|{Test}/*/*";

    public static DataLayout Layout { get; } =
        new()
        {
            Files = [TrainArchive, TestArchive, DevKitArchive],
            Unpacked = new UnpackedFiles
            {
                Selection = new FileSelection
                {
                    Include = [TrainEntry, TestEntry, DevKitArchive],
                    Needs =
                    [
                        new NeededFiles(TrainEntry, $"there is neither {TrainArchive} nor {Train}/CLASS/* in {{folder}}."),
                        new NeededFiles(TestEntry, $"there is neither {TestArchive} nor {Test}/CLASS/* in {{folder}}."),
                        new NeededFiles(
                            DevKitArchive,
                            $"{{folder}} lacks {DevKitArchive}, which has the labels of {TestArchive}: get it, or put {Test}/CLASS/* there and move {TestArchive} away, which is read first."
                        )
                        {
                            With = TestArchive,
                        },
                    ],
                },
            },
            Obtain =
                $"Register at https://image-net.org/download, get {TrainArchive}, {TestArchive} and {DevKitArchive}, and put them into one folder: nothing need be unpacked. Give it as the dataset's 'path'.",
            Terms = "For non-commercial research and education; the photos belong to their owners.",
        };
}
