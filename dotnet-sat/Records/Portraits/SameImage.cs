namespace Sat.Records.Portraits;

/// <summary>An image that a dataset has more than once: equal in every pixel once decoded.</summary>
/// <param name="Samples">Where, in the order of the parts; at least two.</param>
public sealed record SameImage(IReadOnlyList<SamplePlace> Samples)
{
    /// <summary>True where it is a training image and a test image: what is tested was trained on.</summary>
    public bool IsLeak => Samples.Any(s => s.Split == SplitPortrait.Test) && Samples.Any(s => s.Split != SplitPortrait.Test);

    /// <summary>True where it has several labels: at least one is wrong.</summary>
    public bool Contradicts => Samples.Select(s => s.Label).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1;
}
