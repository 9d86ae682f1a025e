namespace Sat.Records.Runs;

/// <summary>What the data turned out to be.</summary>
public sealed record RunData
{
    /// <summary>Class names, in the order of their numbers.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Channels, height, width of an image, in pixels.</summary>
    public required IReadOnlyList<long> ImageShape { get; init; }

    /// <summary>Training samples.</summary>
    public required long Train { get; init; }

    /// <summary>Held-out samples.</summary>
    public required long Validation { get; init; }

    /// <summary>Test samples.</summary>
    public required long Test { get; init; }

    /// <summary>By which rules its dataset made bytes or splits of its files, a clause each; null: there is nothing to say.</summary>
    public IReadOnlyList<string>? Reading { get; init; }

    /// <summary>True if the dataset vouches for its labels, false if they are merely given; null: recorded before anyone asked, or there
    /// are none.</summary>
    public bool? TrueLabels { get; init; }

    /// <summary>Share of the training labels that are wrong, as measured against the true ones; null: not known.</summary>
    public double? WrongLabels { get; init; }

    /// <summary>Share of the training labels that the noise changed, where nobody knows whether they were true before; null:
    /// <see cref="WrongLabels"/> says it.</summary>
    public double? ChangedLabels { get; init; }

    /// <summary>Share of the training images that were corrupted.</summary>
    public double? CorruptedImages { get; init; }

    /// <summary>SHA-256 of <c>noise.npy</c>, which holds the labels trained on or the positions of corrupted images; null: there are
    /// neither.</summary>
    public string? NoiseHash { get; init; }
}
