namespace Sat.Training.Views.Pixels;

/// <summary>A part of an image, in pixels.</summary>
readonly record struct Box(int Top, int Left, int Height, int Width);
