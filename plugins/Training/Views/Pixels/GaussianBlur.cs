using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Training.Views.Pixels;

/// <summary>Gaussian blur with a standard deviation of each image's own; borders are mirrored without repeating the edge.</summary>
static class GaussianBlur
{
    /// <param name="images">float32 [batch, channels, height, width], both sides longer than half the kernel.</param>
    /// <param name="sigmas">Standard deviations in pixels, above 0.</param>
    /// <param name="kernel">Side of the kernel, odd.</param>
    public static Tensor Apply(Tensor images, ReadOnlySpan<float> sigmas, int kernel)
    {
        var half = kernel / 2;
        var deviations = tensor(sigmas.ToArray(), [sigmas.Length, 1]).SendTo(images.device);
        var weights = (arange(-half, half + 1, ScalarType.Float32, images.device) / deviations).pow_(2).mul_(-0.5).exp_();
        weights.div_(weights.sum(1, keepdim: true));
        var padded = nn.functional.pad(images, [half, half, half, half], PaddingModes.Reflect);
        return Along(2, Along(3, padded, weights, kernel), weights, kernel);
    }

    /// <summary>The weighted sum of shifted images: for few places of the kernel this is less work than a convolution of each image by its
    /// own.</summary>
    static Tensor Along(long dimension, Tensor padded, Tensor weights, int kernel)
    {
        var length = padded.shape[dimension] - kernel + 1;
        Tensor Weight(int place) => weights.narrow(1, place, 1).view(-1, 1, 1, 1);
        var sum = padded.narrow(dimension, 0, length) * Weight(0);
        for (var place = 1; place < kernel; place++)
            sum.addcmul_(padded.narrow(dimension, place, length), Weight(place), 1);
        return sum;
    }
}
