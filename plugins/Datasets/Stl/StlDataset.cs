using Sat.Sdk;

namespace Sat.Datasets.Stl;

/// <summary>STL-10, opened. Labelled images are there whatever is trained on.</summary>
/// <param name="classes">Class names.</param>
/// <param name="labeled">Labelled training images.</param>
/// <param name="train">What is trained on; the labelled images themselves, or others.</param>
/// <param name="test">The test set.</param>
sealed class StlDataset(IReadOnlyList<string> classes, ResidentSplit labeled, ResidentSplit train, ResidentSplit test)
    : IDataset,
        IHasLabeled,
        IHasTrueLabels,
        IHasStatedClasses
{
    /// <summary>Mean and deviation of the 5,000 labelled images.</summary>
    private static readonly Normalization OfTraining = new([0.4467, 0.4398, 0.4066], [0.2603, 0.2566, 0.2713]);

    public IReadOnlyList<string> Classes => classes;

    public bool LabelsAreTrue => true;

    public bool ClassesAreStated => true;

    public ImageShape Shape => new(3, test.Images.shape[2], test.Images.shape[3]);

    public Normalization Normalization => OfTraining;

    public ISplit Train => train;

    public ISplit Test => test;

    public ISplit Labeled => labeled;

    public void Dispose()
    {
        foreach (var split in new[] { labeled, train, test }.Distinct())
        {
            split.Images.Dispose();
            split.Labels?.Dispose();
        }
    }
}
