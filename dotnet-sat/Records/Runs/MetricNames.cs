namespace Sat.Records.Runs;

/// <summary>The metrics that the engine itself writes. All shares and accuracies are fractions in [0, 1].</summary>
public static class MetricNames
{
    /// <summary>Mean training loss over the epoch's samples.</summary>
    public const string Loss = "loss";

    /// <summary>Learning rate at the epoch's end.</summary>
    public const string LearningRate = "learning-rate";

    /// <summary>Accuracy on the clean test set.</summary>
    public const string TestAccuracy = "test-accuracy";

    /// <summary>Accuracy on the training images as they are trained on, corrupted or not, against the labels trained on; 1 means
    /// memorised.</summary>
    public const string NoisyTrainAccuracy = "noisy-train-accuracy";

    /// <summary>
    /// Accuracy on the training images as they were before any noise against their labels before it: the true ones, as far as the dataset
    /// vouches for them. Missing where they are merely given and no noise changed anything: then nobody knows.
    /// </summary>
    public const string CleanTrainAccuracy = "clean-train-accuracy";

    /// <summary>Accuracy on the held-out images against their given, possibly wrong labels.</summary>
    public const string NoisyValidationAccuracy = "noisy-validation-accuracy";

    /// <summary>The same on the held-out images.</summary>
    public const string CleanValidationAccuracy = "clean-validation-accuracy";

    /// <summary>Share of the wrong labels whose soft target has its largest entry at the true class.</summary>
    public const string LabelsRecovered = "labels-recovered";

    /// <summary>Share of the right labels whose soft target has its largest entry at another class.</summary>
    public const string CleanLabelsChanged = "clean-labels-changed";

    /// <summary>Share of all labels that are right after replacing each by its soft target's largest entry (the papers' label recovery
    /// accuracy).</summary>
    public const string LabelAccuracy = "label-accuracy";

    /// <summary>All of them: no component may measure something under one of these names.</summary>
    public static IReadOnlySet<string> Reserved { get; } =
        new HashSet<string>
        {
            Loss,
            LearningRate,
            TestAccuracy,
            NoisyTrainAccuracy,
            CleanTrainAccuracy,
            NoisyValidationAccuracy,
            CleanValidationAccuracy,
            LabelsRecovered,
            CleanLabelsChanged,
            LabelAccuracy,
        };
}
