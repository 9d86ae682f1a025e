using System.Text.Json.Serialization;

namespace Sat.Records.Portraits;

/// <summary>What a dataset holds, so that people see what they train on.</summary>
public sealed record DatasetPortrait
{
    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Its id.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its classes, by number; empty: nothing is labelled.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Channels, height and width of each image.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Its parts: training, where it is another one what is labelled of it, and test.</summary>
    public required IReadOnlyList<SplitPortrait> Splits { get; init; }

    /// <summary>What it has more than once, in the order of the first occurrence.</summary>
    public required IReadOnlyList<SameImage> Same { get; init; }

    /// <summary>How it was read, where that needs saying.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The first training images of each class, by class; of a dataset without labels its first images.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<Thumbnail>> Thumbnails { get; init; } = [];

    /// <summary>The test images that are training images too.</summary>
    [JsonIgnore]
    public IEnumerable<SameImage> Leaks => Same.Where(s => s.IsLeak);

    /// <summary>What must be known before training on it, a sentence each; empty: nothing is odd.</summary>
    [JsonIgnore]
    public IEnumerable<string> Findings
    {
        get
        {
            var leaked = Leaks.SelectMany(s => s.Samples).Count(s => s.Split == SplitPortrait.Test);
            if (leaked > 0)
                yield return $"{Count.Of(leaked, "test image")} {Count.Word(leaked, "is a training image", "are training images")} too: accuracy on {Count.Word(leaked, "it", "them")} measures memorization.";
            var contradicting = Same.Count(s => s.Contradicts);
            if (contradicting > 0)
                yield return $"{Count.Of(contradicting, "image")} {Count.Word(contradicting, "has", "have")} several labels: at least one of each is wrong.";
            foreach (var split in Splits)
            {
                var more = Same.Sum(s => Math.Max(0, s.Samples.Count(p => p.Split == split.Name) - 1));
                if (more > 0)
                    yield return $"{Count.Of(more, $"{split.Name} image")} {Count.Word(more, "repeats", "repeat")} an earlier one of the {split.Name} images.";
            }
        }
    }
}
