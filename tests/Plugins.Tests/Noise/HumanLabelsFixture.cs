using System.Text.Json;
using Sat.Records.Data;

namespace Sat.Noise.Tests;

/// <summary>Label files as those of CIFAR-N are made, and what they hold; made by <c>Fixtures/human/labels.py</c>.</summary>
sealed record HumanLabelsFixture(
    IReadOnlyDictionary<string, long[]> Ten,
    IReadOnlyDictionary<string, long[]> Hundred,
    IReadOnlyDictionary<string, byte[]> Files
)
{
    public static HumanLabelsFixture Read { get; } =
        JsonSerializer.Deserialize<HumanLabelsFixture>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "human-labels.json")),
            JsonSerializerOptions.Web
        )!;

    public DataFiles Save(TemporaryFolder folder, string name) => DataFiles.At("noise", folder.Write(name, Files[name]));
}
