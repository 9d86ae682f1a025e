using Sat.Records.Options;

namespace Sat.Evaluations.Selective;

/// <summary>What decides in which order samples are rejected.</summary>
enum Score
{
    /// <summary>The method's own confidence where it has one; else softmax response.</summary>
    Method,

    /// <summary>The largest probability of a class.</summary>
    SoftmaxResponse,

    /// <summary>Passes with dropout.</summary>
    McDropout,
}

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

sealed record SelectiveEvaluationOptions
{
    [Option(
        "What rejects a sample: the method's own confidence (softmax response where it has none), softmax response, or passes with dropout."
    )]
    public Score Score { get; init; } = Score.Method;

    [Option("Shares of the test samples to cover, in percent.", Min = 0, Max = 100, AboveMin = true)]
    public double[] Coverages { get; init; } = [.. SelectiveMetrics.PublishedCoverages];

    [Option("The error, in percent, whose coverage coverage-at-error is.", Min = 0, Max = 100)]
    public double TargetError { get; init; } = 1;

    [Option(
        "Test samples that thresholds are chosen on for held-out errors, taken out by the published shuffle; half of them if there are fewer than twice as many.",
        Min = 1
    )]
    public int Validation { get; init; } = 2000;

    [Option("Passes with dropout; of use with score: mc-dropout.", Min = 2)]
    public int Passes { get; init; } = 100;

    [Option("What of the passes with dropout rejects a sample.")]
    public DropoutMeasure DropoutMeasure { get; init; } = DropoutMeasure.Variance;
}
