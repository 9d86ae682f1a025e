using System.Text.Json;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Tests;

/// <summary>A small training in another framework: initial weights by name, every view of every batch, every loss, and what it ended
/// with.</summary>
sealed record Trace(
    double? Alpha,
    double Tau0,
    int TotalSteps,
    TraceOptimizer Optimizer,
    Dictionary<string, TraceTensor> Init,
    TraceStep[] Steps,
    Dictionary<string, float[]> FinalOnline,
    Dictionary<string, float[]> FinalTarget,
    float[][][]? FinalSampleTargets
)
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Trace Read(string name) =>
        JsonSerializer.Deserialize<Trace>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", name + ".json")), Options)!;
}

sealed record TraceOptimizer(double Lr, double Momentum, double WeightDecay);

sealed record TraceTensor(long[] Shape, float[] Data)
{
    public Tensor ToTensor() => tensor(Data, Shape);
}

sealed record TraceStep(int Epoch, long Step, double Tau, long[] Index, float[][][] Views, float Loss)
{
    /// <summary>A view as images of one pixel, [batch, inputs, 1, 1].</summary>
    public Tensor View(int view) => tensor(Views[view].SelectMany(r => r).ToArray(), [Index.Length, Views[view][0].Length, 1, 1]);
}
