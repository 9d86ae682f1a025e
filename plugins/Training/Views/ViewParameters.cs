using Sat.Training.Views.Pixels;

namespace Sat.Training.Views;

/// <summary>What one view of one image is made with. Jitter that was not drawn has factors of 1 and no turn.</summary>
/// <param name="Crop">The part that is resized.</param>
/// <param name="Flip">Whether it is flipped.</param>
/// <param name="Order">The jitter's operations, one of <see cref="ColourOrder"/>.</param>
/// <param name="Brightness">Factor.</param>
/// <param name="Contrast">Factor.</param>
/// <param name="Saturation">Factor.</param>
/// <param name="Hue">Turn, as a share of the circle.</param>
/// <param name="Greyscale">Whether colours are dropped.</param>
/// <param name="Sigma">Standard deviation of the blur, in pixels; 0: none.</param>
/// <param name="Solarise">Whether bright pixels are inverted.</param>
readonly record struct ViewParameters(
    Box Crop,
    bool Flip,
    int Order,
    double Brightness,
    double Contrast,
    double Saturation,
    double Hue,
    bool Greyscale,
    double Sigma,
    bool Solarise
);
