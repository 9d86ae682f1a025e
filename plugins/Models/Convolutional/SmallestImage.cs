using Sat.Records;
using Sat.Sdk;

namespace Sat.Models.Convolutional;

static class SmallestImage
{
    /// <summary>Refuses images that the strides of a network would shrink to nothing.</summary>
    /// <exception cref="SatException">A side has fewer than <paramref name="pixels"/> pixels.</exception>
    public static void Require(string model, ImageShape shape, int pixels)
    {
        if (Math.Min(shape.Height, shape.Width) < pixels)
        {
            throw new SatException(
                ExitCode.Planning,
                $"model '{model}' needs images of at least {pixels}x{pixels} pixels, and these have {shape.Height}x{shape.Width}: choose another model, or a larger image size."
            );
        }
    }
}
