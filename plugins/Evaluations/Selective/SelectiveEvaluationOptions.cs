using Sat.Records.Options;

namespace Sat.Evaluations.Selective;

sealed record SelectiveEvaluationOptions
{
    [Option(
        "What rejects a sample: the method's own confidence (softmax response where it has none), softmax response, or passes with dropout."
    )]
    public Score Score { get; init; } = Score.Method;

    [Option("Shares of the test samples to cover, in percent.", Min = 0, Max = 100, AboveMin = true, NotEmpty = true)]
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
