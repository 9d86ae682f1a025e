using System.Text.Json.Nodes;

namespace Sat.Benchmarks.Measuring;

/// <summary>Views of an image.</summary>
/// <param name="Views">How many.</param>
/// <param name="Options">The augmentation's options that are not at their defaults.</param>
internal sealed record ViewsCase(int Views, JsonObject Options);
