namespace Sat.Cleaning;

/// <summary>Which labels are called issues. Northcutt, Jiang and Chuang, "Confident Learning" (JAIR 2021), section 3.2, and the simple
/// rules that it is compared with.</summary>
public enum LabelRule
{
    /// <summary>Of each given class, as many as the joint has wrong, with the lowest probability of it.</summary>
    PruneByClass,

    /// <summary>Of each pair of a given and another class, as many as the joint has, with the largest margin for the other.</summary>
    PruneByNoiseRate,

    /// <summary>What both of these call so.</summary>
    Both,

    /// <summary>Samples off the diagonal of the confident joint.</summary>
    ConfidentLearning,

    /// <summary>The most probable class is not the given one.</summary>
    PredictedNotGiven,

    /// <summary>As many as are off the diagonal, with the lowest self-confidence.</summary>
    LowSelfConfidence,

    /// <summary>As many as are off the diagonal, with the lowest normalized margin.</summary>
    LowNormalizedMargin,
}
