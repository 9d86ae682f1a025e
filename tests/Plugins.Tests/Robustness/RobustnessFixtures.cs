using System.Text.Json.Serialization;
using Sat.Methods.Supervised.Tests;

namespace Sat.Evaluations.Robustness.Tests;

/// <summary>PGD by the code that was published with self-adaptive training.</summary>
sealed record PgdFixture(
    double Epsilon,
    [property: JsonPropertyName("step_size")] double StepSize,
    [property: JsonPropertyName("num_steps")] int NumSteps,
    Dictionary<string, TrainTensor> Weights,
    TrainTensor Images,
    long[] Labels,
    [property: JsonPropertyName("random_start")] TrainTensor RandomStart,
    PgdCase[] Cases
)
{
    public static PgdFixture Read() => Fixture.Read<PgdFixture>("pgd");
}

sealed record PgdCase(
    [property: JsonPropertyName("random_start")] bool RandomStart,
    [property: JsonPropertyName("natural_accuracy_percent")] double NaturalAccuracyPercent,
    [property: JsonPropertyName("robust_accuracy_percent")] double RobustAccuracyPercent,
    double[] Losses,
    [property: JsonPropertyName("final_images")] TrainTensor FinalImages,
    [property: JsonPropertyName("final_logits")] float[][] FinalLogits,
    [property: JsonPropertyName("robust_correct")] bool[] RobustCorrect
);

/// <summary>AutoAttack by its authors' code: what it drew, and what each attack did.</summary>
sealed record AutoAttackFixture(
    double Epsilon,
    [property: JsonPropertyName("n_iter")] int Iterations,
    [property: JsonPropertyName("n_queries")] int Queries,
    [property: JsonPropertyName("n_target_classes")] int Targets,
    Dictionary<string, TrainTensor> Weights,
    TrainTensor Images,
    long[] Labels,
    bool[] Correct,
    [property: JsonPropertyName("apgd-ce")] AutoPgdFixture AutoPgdCrossEntropy,
    [property: JsonPropertyName("apgd-t")] AutoPgdFixture AutoPgdTargeted,
    [property: JsonPropertyName("fab-t")] BoundaryFixture BoundaryTargeted,
    SquareFixture Square,
    CascadeFixture Cascade
)
{
    public static AutoAttackFixture Read() => Fixture.Read<AutoAttackFixture>("autoattack");
}

sealed record AutoPgdFixture(TrainTensor[] Draws, [property: JsonPropertyName("final_images")] TrainTensor FinalImages, AutoPgdRun[] Runs);

sealed record AutoPgdRun([property: JsonPropertyName("loss_start")] float[] LossStart, AutoPgdIteration[] Iterations);

sealed record AutoPgdIteration([property: JsonPropertyName("step_size")] float[] StepSize, float[] Loss);

sealed record BoundaryFixture([property: JsonPropertyName("final_images")] TrainTensor FinalImages, BoundaryRun[] Runs);

sealed record BoundaryRun(
    [property: JsonPropertyName("target_rank")] int TargetRank,
    [property: JsonPropertyName("linf_found")] float[] Lengths
);

sealed record SquareFixture(
    TrainTensor[] Draws,
    [property: JsonPropertyName("final_images")] TrainTensor FinalImages,
    float[][] Margins,
    int[] Queries
);

sealed record CascadeFixture(CascadeAttack[] Attacks, TrainTensor[] Draws, bool[] Robust);

sealed record CascadeAttack(
    string Attack,
    [property: JsonPropertyName("draws_from")] int DrawsFrom,
    [property: JsonPropertyName("draws_to")] int DrawsTo,
    [property: JsonPropertyName("robust_after")] bool[] RobustAfter
);

/// <summary>AutoAttack within a ball of L2, on the network and the images of <see cref="AutoAttackFixture"/>.</summary>
sealed record L2AttackFixture(
    double Epsilon,
    [property: JsonPropertyName("n_iter")] int Iterations,
    [property: JsonPropertyName("n_queries")] int Queries,
    [property: JsonPropertyName("apgd-ce")] L2AttackTrace AutoPgdCrossEntropy,
    [property: JsonPropertyName("apgd-t")] L2AttackTrace AutoPgdTargeted,
    [property: JsonPropertyName("fab-t")] L2AttackTrace BoundaryTargeted,
    L2AttackTrace Square
)
{
    public static L2AttackFixture Read() => Fixture.Read<L2AttackFixture>("autoattack-l2");
}

/// <summary>What one attack drew, and what it made of all images; those that were wrong are as they were.</summary>
sealed record L2AttackTrace(
    bool[] Correct,
    TrainTensor[] Draws,
    TrainTensor? Images,
    [property: JsonPropertyName("final_images")] TrainTensor FinalImages,
    bool[] Robust,
    float[][]? Margins
);
