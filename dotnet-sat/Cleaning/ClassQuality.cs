namespace Sat.Cleaning;

/// <summary>How good the labels of a class are.</summary>
/// <param name="Class">The class.</param>
/// <param name="LabelIssues">Samples with this label that are expected to be of another class.</param>
/// <param name="InverseLabelIssues">Samples of this class that are expected to have another label.</param>
/// <param name="LabelNoise">Probability that a sample with this label is of another class.</param>
/// <param name="InverseLabelNoise">Probability that a sample of this class has another label.</param>
public sealed record ClassQuality(int Class, long LabelIssues, long InverseLabelIssues, double LabelNoise, double InverseLabelNoise)
{
    /// <summary>1 less the label noise, in [0, 1]; 1 for a class without labels.</summary>
    public double Score => 1 - LabelNoise;
}
