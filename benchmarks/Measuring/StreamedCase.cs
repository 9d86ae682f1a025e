namespace Sat.Benchmarks.Measuring;

/// <summary>Training on files that are decoded as they are asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Samples">Files.</param>
/// <param name="Side">Of the images in the files, in pixels; they are trained on at 32x32.</param>
/// <param name="Epochs">Epochs, at least 2: the first warms up.</param>
/// <param name="Threads">Threads within an operation, a case each; decoding takes all processors.</param>
/// <param name="Set">What is set over the study.</param>
internal sealed record StreamedCase(string Name, int Samples, int Side, int Epochs, IReadOnlyList<int> Threads, IReadOnlyList<string> Set);
