using System.Text.Json.Serialization;
using Sat.Methods.Supervised.Tests;

namespace Sat.Methods.Adversarial.Tests;

/// <summary>Single steps and a small training with the published code of TRADES, and of TRADES with self-adaptive training: what it drew,
/// what it crafted, and what came of it.</summary>
sealed record TradesFixture(
    double Epsilon,
    [property: JsonPropertyName("step_size")] double StepSize,
    [property: JsonPropertyName("num_steps")] int NumSteps,
    double Beta,
    [property: JsonPropertyName("noise_factor")] double NoiseFactor,
    TrainSat Sat,
    [property: JsonPropertyName("one_step")] TradesStepFixture OneStep,
    TradesTraining Training
)
{
    public static TradesFixture Read() => Fixture.Read<TradesFixture>("trades");
}

sealed record TradesStepFixture(
    Dictionary<string, TrainTensor> Init,
    TrainTensor Images,
    long[] Labels,
    TrainTensor Noise,
    [property: JsonPropertyName("all_labels")] long[] AllLabels,
    TradesCase[] Cases
);

sealed record TradesCase(
    string Name,
    int Epoch,
    long[]? Index,
    float Total,
    Dictionary<string, TrainTensor> Gradients,
    [property: JsonPropertyName("running_after")] Dictionary<string, TrainTensor> RunningAfter,
    [property: JsonPropertyName("targets_before")] float[][]? TargetsBefore,
    [property: JsonPropertyName("targets_after")] float[][]? TargetsAfter,
    TrainTensor? Adversarial
);

sealed record TradesTraining(
    TrainSat Sat,
    TradesOptimizer Optimizer,
    Dictionary<string, TrainTensor> Init,
    TrainTensor Images,
    long[] Labels,
    TradesTrainingStep[] Steps,
    [property: JsonPropertyName("final_weights")] Dictionary<string, TrainTensor> FinalWeights,
    [property: JsonPropertyName("final_logits")] float[][] FinalLogits,
    [property: JsonPropertyName("final_targets")] float[][] FinalTargets
);

sealed record TradesOptimizer(double Lr, double Momentum, [property: JsonPropertyName("weight_decay")] double WeightDecay);

sealed record TradesTrainingStep(int Epoch, double Lr, long[] Index, float[][] Noise, float[][] Adversarial, float Loss);
