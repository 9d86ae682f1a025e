using Sat.Evaluations.Robustness.Attacks;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness;

/// <summary>Changes drawn uniformly from all that are no longer than a ball's radius.</summary>
static class UniformDraw
{
    /// <param name="ball">Which changes there are.</param>
    /// <param name="images">What is to be changed, [n, channels, height, width].</param>
    /// <param name="random">A generator on the CPU.</param>
    /// <returns>Of the images' shape and on their device.</returns>
    public static Tensor Within(Ball ball, Tensor images, Generator random)
    {
        if (ball.Norm == Norm.Linf)
        {
            using var cube = rand(images.shape, generator: random);
            return cube.SendTo(images.device).mul(2 * ball.Radius).sub_(ball.Radius);
        }
        using var directions = randn(images.shape, generator: random);
        using var shares = rand(images.shape[0], generator: random);
        // The volume within a length grows as its power of the dimensions.
        var lengths = shares.pow(1.0 / images[0].NumberOfElements) * ball.Radius;
        return (ball.Unit(directions) * Ball.EachImage(lengths)).SendTo(images.device);
    }
}
