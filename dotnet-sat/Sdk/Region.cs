namespace Sat.Sdk;

/// <summary>A part of an image that is resized to the shape that all images have.</summary>
/// <param name="Top">Its first row, in pixels of the image.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Height">Rows, at least 1; all lie within the image.</param>
/// <param name="Width">Columns, at least 1; all lie within the image.</param>
/// <param name="Mirrored">True if left and right are exchanged.</param>
public readonly record struct Region(int Top, int Left, int Height, int Width, bool Mirrored);
