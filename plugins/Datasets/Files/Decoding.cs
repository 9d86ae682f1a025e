using Sat.Datasets.Files.Decoders;

namespace Sat.Datasets.Files;

/// <summary>How images are decoded.</summary>
/// <param name="Size">Height and width that they are cut to.</param>
/// <param name="Limit">A larger image is refused.</param>
/// <param name="White">The value of white of samples of 16 bits; null: 65535.</param>
/// <param name="Threads">Threads that decode at once.</param>
readonly record struct Decoding(int Size, ImageLimit Limit, double? White, int Threads);
