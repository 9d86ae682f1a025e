namespace Sat.Evaluations.Selective;

/// <summary>What of the passes with dropout is the score.</summary>
enum DropoutMeasure
{
    /// <summary>The variance of the probability of the class that is predicted without dropout.</summary>
    Variance,

    /// <summary>The mean probability of the class that the mean predicts.</summary>
    Mean,

    /// <summary>The entropy of the mean; the class is the one that the mean predicts.</summary>
    Entropy,
}
