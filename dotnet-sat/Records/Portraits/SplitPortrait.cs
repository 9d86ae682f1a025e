namespace Sat.Records.Portraits;

/// <summary>A part of a dataset in numbers.</summary>
/// <param name="Name">Its name, such as <c>training</c>.</param>
/// <param name="Count">How many images it has.</param>
/// <param name="PerClass">How many of each class; null: they have no labels.</param>
/// <param name="Mean">The mean of each channel, of pixels in [0, 1]; empty for an empty part.</param>
/// <param name="Deviation">The standard deviation of each channel over all pixels (divisor n), of pixels in [0, 1]; empty for an empty
/// part.</param>
public sealed record SplitPortrait(
    string Name,
    long Count,
    IReadOnlyList<long>? PerClass,
    IReadOnlyList<double> Mean,
    IReadOnlyList<double> Deviation
)
{
    /// <summary>The name of the training set.</summary>
    public const string Training = "training";

    /// <summary>The name of what is labelled of a training set that is not labelled as a whole.</summary>
    public const string Labelled = "labelled training";

    /// <summary>The name of the test set.</summary>
    public const string Test = "test";
}
