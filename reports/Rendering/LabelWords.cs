using Sat.Records.Metrics;
using Sat.Records.Statistics;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>What is said of labels: they are right or wrong where the dataset vouches for them, and otherwise merely as given or changed by
/// the noise.</summary>
/// <param name="Given">True if nobody knows whether the dataset's labels are true.</param>
internal readonly record struct LabelWords(bool Given)
{
    public static LabelWords For(IEnumerable<CellResult> cells) => new(cells.Any(c => c.TrueLabels == false));

    /// <summary>The settings' fact about its labels; null: they are true.</summary>
    public PairView? Fact => Given ? new PairView("labels", "as given; how many of them are wrong is unknown") : null;

    public string Shares => Given ? "Test accuracy against labels that the noise changed" : "Test accuracy against wrong labels";

    public string ShareAxis => Given ? "given labels changed, measured" : "labels wrong, measured";

    public string ShareOf => Given ? "the share of given labels that the noise changed" : "the share of wrong labels";

    public string Memorised =>
        Given
            ? "Where the accuracy on noisy training labels nears 100 %, the network has memorised the labels, wrong ones included."
            : "Where the accuracy on noisy training labels nears 100 %, the network has memorised the wrong labels.";

    public string Recovery =>
        Given
            ? "The share of the labels changed by the noise that the soft targets have set back to the given ones, and the share of the others that they have changed."
            : "The share of the wrong labels that the soft targets have corrected, and the share of the right ones that they have changed.";

    /// <summary>The name of the share of corrections that are right.</summary>
    public string Precision => Given ? "changes that set a label back (precision)" : "corrections that are right (precision)";

    /// <summary>What a metric is measured on, as a line of a chart.</summary>
    public string Line(string metric) =>
        metric switch
        {
            MetricNames.NoisyTrainAccuracy => "noisy training labels",
            MetricNames.CleanTrainAccuracy => Given ? "training data before the noise" : "true training labels",
            MetricNames.NoisyValidationAccuracy => "noisy validation labels",
            MetricNames.CleanValidationAccuracy => Given ? "validation data before the noise" : "true validation labels",
            MetricNames.LabelsRecovered => Given ? "changed labels set back" : "wrong labels recovered",
            MetricNames.CleanLabelsChanged => Given ? "other labels changed" : "right labels changed",
            MetricNames.LabelAccuracy => Given ? "labels as given at the end" : "labels right at the end",
            MetricNames.TestAccuracy => "test",
            _ => metric,
        };

    /// <summary>The same as the name of a column.</summary>
    public string Column(string metric) =>
        metric
            is MetricNames.NoisyTrainAccuracy
                or MetricNames.CleanTrainAccuracy
                or MetricNames.NoisyValidationAccuracy
                or MetricNames.CleanValidationAccuracy
            ? "on " + Line(metric)
            : Line(metric);

    /// <summary>How many labels of a row are wrong; empty: its runs do not say.</summary>
    public string Wrong(IEnumerable<CellResult> row)
    {
        var cells = row.ToArray();
        if (Statistic.From(cells.Select(c => c.WrongLabels?.Mean).OfType<double>()) is { } wrong && !Given)
            return $"{Format.Percent(wrong.Mean)} of labels wrong";
        if (!Given)
            return "";
        return Statistic.From(cells.Select(c => c.ChangedLabels?.Mean).OfType<double>()) is { Mean: > 0 } changed
            ? $"{Format.Percent(changed.Mean)} of the given labels changed; how many were wrong is unknown"
            : "wrong labels: unknown";
    }
}
