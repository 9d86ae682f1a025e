namespace Sat.Cleaning;

/// <summary>How good a given label looks, in [0, 1]; low values are likely wrong.</summary>
public enum LabelScore
{
    /// <summary>The probability of the given class.</summary>
    SelfConfidence,

    /// <summary>(probability of the given class - largest of another + 1) / 2.</summary>
    NormalizedMargin,

    /// <summary>Falls with the entropy of the row over the probability of the given class: log(1 + x) / x of x = entropy / log(classes)
    /// / probability.</summary>
    ConfidenceWeightedEntropy,
}
