namespace Sat.Training.Views.Pixels;

/// <summary>The operations of colour jitter.</summary>
enum ColourOperation
{
    Brightness,
    Contrast,
    Saturation,
    Hue,
}
