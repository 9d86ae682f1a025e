namespace Sat.Records.Metrics;

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

    /// <summary>Share of the samples that a method has selected whose label is right; missing where it has selected none.</summary>
    public const string SelectionPrecision = "selection-precision";

    /// <summary>Share of the samples whose label is right that a method has selected.</summary>
    public const string SelectionRecall = "selection-recall";

    /// <summary>All of them, declared as components declare theirs.</summary>
    public static IReadOnlyList<MetricSchema> Schemas { get; } =
    [
        new()
        {
            Name = Loss,
            Title = "loss",
            Better = MetricDirection.Lower,
        },
        new() { Name = LearningRate, Title = "learning rate" },
        Share(TestAccuracy, "test accuracy", MetricDirection.Higher),
        Share(NoisyTrainAccuracy, "accuracy on noisy training labels", MetricDirection.None),
        Share(CleanTrainAccuracy, "accuracy on clean training labels", MetricDirection.Higher),
        Share(NoisyValidationAccuracy, "accuracy on noisy validation labels", MetricDirection.Higher),
        Share(CleanValidationAccuracy, "accuracy on clean validation labels", MetricDirection.Higher),
        Share(LabelsRecovered, "wrong labels recovered", MetricDirection.Higher),
        Share(CleanLabelsChanged, "right labels changed", MetricDirection.Lower),
        Share(LabelAccuracy, "labels right at the end", MetricDirection.Higher),
        Share(SelectionPrecision, "right labels among the selected samples", MetricDirection.Higher),
        Share(SelectionRecall, "right labels that are selected", MetricDirection.Higher),
    ];

    /// <summary>Their names: no component may measure something under one of these.</summary>
    public static IReadOnlySet<string> Reserved { get; } = Schemas.Select(s => s.Name).ToHashSet();

    private static MetricSchema Share(string name, string title, MetricDirection better) =>
        new()
        {
            Name = name,
            Title = title,
            Unit = MetricUnit.Share,
            Better = better,
        };
}
