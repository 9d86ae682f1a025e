using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Tests;

/// <summary>A small training with the published code: initial weights by name, every batch, every loss, and what it ended with.</summary>
sealed record TrainFixture(
    TrainOptimizer Optimizer,
    TrainSat Sat,
    Dictionary<string, TrainTensor> Init,
    TrainTensor Images,
    long[] Labels,
    TrainStep[] Steps,
    [property: JsonPropertyName("final_logits")] float[][] FinalLogits,
    [property: JsonPropertyName("final_targets")] float[][] FinalTargets
)
{
    public static TrainFixture Read() => Fixture.Read<TrainFixture>("sat-train");
}

sealed record TrainOptimizer(
    double Lr,
    double Momentum,
    [property: JsonPropertyName("weight_decay")] double WeightDecay,
    [property: JsonPropertyName("t_max")] int TMax
);

sealed record TrainSat(double Momentum, [property: JsonPropertyName("start_epoch")] int StartEpoch);

sealed record TrainTensor(long[] Shape, float[] Data)
{
    public Tensor ToTensor() => tensor(Data, Shape);
}

sealed record TrainStep(int Epoch, double Lr, long[] Index, float Loss);
