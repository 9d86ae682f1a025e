namespace Sat.Sdk;

/// <summary>Height, width and channels of images, in pixels.</summary>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct ImageShape(long Channels, long Height, long Width);
