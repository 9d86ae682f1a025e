namespace Sat.Sdk;

/// <summary>
/// A window of an image: its pixel (y, x) is the image's at (y + Top, x + Left), or at (y + Top, width - 1 - x + Left) when
/// mirrored; 0 outside the image.
/// </summary>
/// <param name="Top">In pixels; negative: the window begins above the image.</param>
/// <param name="Left">In pixels; negative: the window begins left of the image.</param>
/// <param name="Mirrored">True if left and right are exchanged.</param>
public readonly record struct Window(int Top, int Left, bool Mirrored);
