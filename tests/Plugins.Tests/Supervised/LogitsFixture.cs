using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sat.Methods.Supervised.Tests;

/// <summary>A trace of a published loss on random logits; targets persist from step to step.</summary>
sealed record LogitsFixture(
    long Classes,
    double Momentum,
    [property: JsonPropertyName("start_epoch")] int StartEpoch,
    long[] Labels,
    LogitsStep[] Steps,
    [property: JsonPropertyName("final_targets")] float[][] FinalTargets
)
{
    public static LogitsFixture Read(string name) => Fixture.Read<LogitsFixture>(name);
}

sealed record LogitsStep(int Epoch, long[] Index, float[][] Logits, float Loss, float[][] Grad);

static class Fixture
{
    static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static T Read<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", name + ".json")), Options)!;
}
