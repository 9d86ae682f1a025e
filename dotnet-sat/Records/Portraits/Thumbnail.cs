namespace Sat.Records.Portraits;

/// <summary>A small picture of a sample.</summary>
/// <param name="Sample">Which.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Rgb">Red, green and blue of each pixel, row by row.</param>
public sealed record Thumbnail(SamplePlace Sample, int Width, int Height, byte[] Rgb);
