namespace Sat.Records.Metrics;

/// <summary>What a metric's values are.</summary>
public enum MetricUnit
{
    /// <summary>Plain numbers.</summary>
    Number,

    /// <summary>Fractions in [0, 1], which people read in percent: accuracies, and the field's top-1 and top-5.</summary>
    Share,
}
