namespace Sat.Benchmarks.Measuring;

/// <summary>Somebody to measure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">Makes one repeat: measure to value.</param>
/// <param name="Missing">Why it cannot be measured here.</param>
internal sealed record Subject(string Name, Func<IReadOnlyDictionary<string, double>> Run, string? Missing = null);
