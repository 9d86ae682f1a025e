using Sat.Records.Data;

namespace Sat.Datasets.ImageNet;

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
    private const string Get =
        "Register at image-net.org, get ILSVRC2012_img_train.tar, ILSVRC2012_img_val.tar and ILSVRC2012_devkit_t12.tar.gz, and put them there.";

    public static FileSelection Reads { get; } =
        new()
        {
            Include = [TrainEntry, TestEntry, DevKitArchive],
            Needs =
            [
                new NeededFiles(TrainEntry, $"there is neither {TrainArchive} nor {Train}/CLASS/* in {{folder}}. {Get}"),
                new NeededFiles(TestEntry, $"there is neither {TestArchive} nor {Test}/CLASS/* in {{folder}}. {Get}"),
                new NeededFiles(DevKitArchive, $"{{folder}} lacks {DevKitArchive}, which has the labels of {TestArchive}. {Get}")
                {
                    With = TestArchive,
                },
            ],
        };
}
