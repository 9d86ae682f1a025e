namespace Sat.Benchmarks.Measuring;

/// <summary>A training of very many steps.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Set">What is set over the study.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="Epochs">Epochs.</param>
/// <param name="BatchSize">Samples a step.</param>
internal sealed record LongCase(string Name, IReadOnlyList<string> Set, int Samples, int Epochs, int BatchSize);
