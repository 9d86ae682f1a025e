namespace Sat.Reports.Rendering;

/// <summary>A small picture: its address, what it is, and its size in pixels.</summary>
internal sealed record DatasetPictureView(string Address, string Text, int Width, int Height);
