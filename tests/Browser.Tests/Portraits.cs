using Sat.Records.Portraits;

namespace Sat.Browser.Tests;

/// <summary>A dataset of two classes, which has an image in training and test.</summary>
internal static class Portraits
{
    public const int PerClass = 3;
    public const int Side = 12;

    /// <param name="name">The name of a class and of a file.</param>
    public static DatasetPortrait Of(string name)
    {
        string[] classes = [name, "dog"];
        SamplePlace Place(string split, long index, int label) => new(split, index, $"{split}/{name}.png", classes[label]);
        return new()
        {
            Dataset = "photos",
            Classes = classes,
            Shape = [3, Side, Side],
            Splits =
            [
                new("training", 6, [3, 3], [0.4, 0.5, 0.6], [0.2, 0.2, 0.2]),
                new("test", 2, [1, 1], [0.4, 0.5, 0.6], [0.2, 0.2, 0.2]),
            ],
            Same = [new([Place("training", 0, 0), Place("test", 1, 1)])],
            Notes = [$"{name}: read as it is"],
            Thumbnails =
            [
                .. classes.Select(
                    (_, label) =>
                        Enumerable
                            .Range(0, PerClass)
                            .Select(i => new Thumbnail(Place("training", i, label), Side, Side, Pixels(i)))
                            .ToArray()
                ),
            ],
        };
    }

    private static byte[] Pixels(int seed) =>
        [.. Enumerable.Range(0, Side * Side).SelectMany(p => new[] { (byte)(10 + p + seed), (byte)(20 + p), (byte)30 })];
}
