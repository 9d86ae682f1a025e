using System.Text.Json.Serialization;

namespace Sat.Methods.Selective.Tests;

/// <summary>Selective classification on given logits: the published code's searches, areas, SelectiveNet's loss, and passes with
/// dropout.</summary>
sealed record SelectiveFixture(
    int[] Permutation,
    [property: JsonPropertyName("permutation_10000")] PermutationData Permutation10000,
    [property: JsonPropertyName("validation_size")] int ValidationSize,
    double[] Coverages,
    SelectiveTable[] Tables,
    [property: JsonPropertyName("aurc_ties")] AreaCase AurcTies,
    [property: JsonPropertyName("aurc_edge_cases")] AreaCase[] AurcEdgeCases,
    [property: JsonPropertyName("selectivenet")] SelectiveNetCases SelectiveNet,
    [property: JsonPropertyName("mc_dropout")] DropoutCase McDropout
);

sealed record PermutationData(int[] Data);

sealed record SelectiveTable(
    string Name,
    [property: JsonPropertyName("abstention_output")] bool AbstentionOutput,
    int Classes,
    float[][] Logits,
    int[] Labels,
    float[] Scores,
    int[] Predictions,
    bool[] Correct,
    BisectionPart[] Bisection,
    [property: JsonPropertyName("quantile_rule")] QuantilePart[] QuantileRule,
    Area Aurc
);

sealed record BisectionPart(string Part, BisectionRow[] Rows);

sealed record BisectionRow(double Coverage, double Threshold, int Covered, int Errors);

sealed record QuantilePart(string Part, int[] Coverages, int[] Covered, int[] Errors);

sealed record Area(double Aurc, [property: JsonPropertyName("e_aurc")] double ExcessAurc);

sealed record AreaCase(double[] Confidence, bool[] Correct, Area Result);

sealed record SelectiveNetCases(SelectiveNetCase[] Cases);

sealed record SelectiveNetCase(
    string Name,
    [property: JsonPropertyName("target_coverage")] double TargetCoverage,
    double Lambda,
    double Alpha,
    [property: JsonPropertyName("f_logits")] double[][] F,
    [property: JsonPropertyName("g_logits")] double[] G,
    [property: JsonPropertyName("h_logits")] double[][] H,
    long[] Labels,
    double Loss,
    [property: JsonPropertyName("grad_f_logits")] double[][] GradF,
    [property: JsonPropertyName("grad_g_logits")] double[] GradG,
    [property: JsonPropertyName("grad_h_logits")] double[][] GradH
);

sealed record DropoutCase(
    int Passes,
    double Rate,
    double[][] W1,
    double[] B1,
    double[][] W2,
    double[] B2,
    double[][] Inputs,
    [property: JsonPropertyName("keep_masks")] double[][][] KeepMasks,
    [property: JsonPropertyName("deterministic_softmax")] double[][] DeterministicSoftmax,
    [property: JsonPropertyName("prediction_deterministic")] long[] PredictionDeterministic,
    [property: JsonPropertyName("prediction_mean")] long[] PredictionMean,
    [property: JsonPropertyName("minus_variance_population_of_deterministic_prediction")] double[] MinusVariance,
    [property: JsonPropertyName("mean_of_mean_prediction")] double[] Mean,
    [property: JsonPropertyName("minus_entropy_of_mean")] double[] MinusEntropy
);
