using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Views.Pixels;

/// <summary>Operations on the colours of float32 images in [0, 1], [batch, channels, height, width]; grey images have one channel and no
/// hue.</summary>
static class Colour
{
    /// <summary>The share of red, green and blue in a grey (ITU-R 601-2).</summary>
    const double Red = 0.2989,
        Green = 0.587,
        Blue = 0.114;

    /// <summary>float32 [batch, 1, height, width].</summary>
    public static Tensor Luminance(Tensor images) =>
        images.shape[1] == 1
            ? images.clone()
            : images.narrow(1, 0, 1).mul(Red).add_(images.narrow(1, 1, 1), alpha: Green).add_(images.narrow(1, 2, 1), alpha: Blue);

    /// <summary>
    /// Brightness, contrast or saturation, each image its own: x &lt;- f x + (1 - f) r within [0, 1], in place, where r is
    /// black, the image's mean grey, or each pixel's own.
    /// </summary>
    /// <param name="images">Changed in place.</param>
    /// <param name="factors">f, at least 0; 1 changes nothing.</param>
    /// <param name="operations">Which of the three; hue is left out.</param>
    public static void Blend(Tensor images, ReadOnlySpan<float> factors, ReadOnlySpan<ColourOperation> operations)
    {
        var batch = factors.Length;
        var (share, mean, own) = (new float[batch], new float[batch], new float[batch]);
        for (var i = 0; i < batch; i++)
        {
            share[i] = operations[i] == ColourOperation.Hue ? 0 : 1 - factors[i];
            mean[i] = operations[i] == ColourOperation.Contrast ? 1 : 0;
            own[i] = operations[i] == ColourOperation.Saturation ? 1 : 0;
        }
        Tensor Column(float[] values) => tensor(values, [batch, 1, 1, 1]).SendTo(images.device);
        var reference = Luminance(images);
        var means = reference.mean([1, 2, 3], keepdim: true);
        reference.mul_(Column(own)).add_(means.mul_(Column(mean)));
        images.lerp_(reference, Column(share)).clamp_(0, 1);
    }

    /// <summary>Turns the hue.</summary>
    /// <param name="images">float32 [batch, 3, height, width].</param>
    /// <param name="turns">Share of the circle, in [-1/2, 1/2], of each image.</param>
    public static Tensor TurnHue(Tensor images, ReadOnlySpan<float> turns)
    {
        var (red, green, blue) = (images.narrow(1, 0, 1), images.narrow(1, 1, 1), images.narrow(1, 2, 1));
        var largest = maximum(red, green).maximum(blue);
        var smallest = minimum(red, green).minimum(blue);
        var chroma = largest - smallest;
        // A grey has no hue, and no chroma to show one.
        var divisor = chroma.clamp_min(float.Epsilon);
        var fromBlue = (red - green).div_(divisor).add_(4);
        var fromGreen = (blue - red).div_(divisor).add_(2);
        var fromRed = (green - blue).div_(divisor);
        // Weights of 0 and 1 choose; comparing and choosing by where takes ten times as long.
        var (notRed, notGreen) = ((largest - red).sign_(), (largest - green).sign_());
        var hue = fromRed.lerp_(fromGreen.lerp_(fromBlue, notGreen), notRed);
        // In sixths of the circle; the remainder by way of a floor, which is much faster than fmod.
        hue.add_(tensor(turns.ToArray(), [turns.Length, 1, 1, 1]).SendTo(images.device).mul_(6));
        hue.sub_((hue / 6).floor_().mul_(6));

        Tensor Channel(Tensor shape) => addcmul(smallest, chroma, shape.clamp_(0, 1), 1);
        return cat(
            [Channel((hue - 3).abs_().sub_(1)), Channel((hue - 2).abs_().neg_().add_(2)), Channel((hue - 4).abs_().neg_().add_(2))],
            1
        );
    }

    /// <summary>The luminance in every channel.</summary>
    public static Tensor Greyscale(Tensor images) => Luminance(images).expand(images.shape);

    /// <summary>Inverts what is at least as bright as the threshold.</summary>
    public static Tensor Solarise(Tensor images, double threshold) => (1 - images).where(images.ge(threshold), images);
}
