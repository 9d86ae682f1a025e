using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Attacks;

/// <summary>Projected gradient ascent of a loss over a ball around each image (arXiv 1706.06083).</summary>
/// <param name="Ball">What may be reached.</param>
/// <param name="StepSize">Length of a step, in the ball's norm.</param>
/// <param name="Steps">How many, at least 1.</param>
sealed record ProjectedGradient(Ball Ball, double StepSize, int Steps)
{
    /// <summary>The images after the last step, without gradient. No gradient is left on any weight.</summary>
    /// <param name="images">In [0, 1], [n, channels, height, width].</param>
    /// <param name="start">Where to begin: images of the same shape, which may lie outside of [0, 1].</param>
    /// <param name="loss">What is to rise: a scalar, summed or averaged over the images.</param>
    /// <param name="seen">Is told, before each step, the loss and its gradient at the images of then.</param>
    public Tensor Run(Tensor images, Tensor start, Func<Tensor, Tensor> loss, Action<Tensor, Tensor>? seen = null)
    {
        using var scope = NewDisposeScope();
        var current = start.detach();
        for (var step = 0; step < Steps; step++)
        {
            using var stepScope = NewDisposeScope();
            var at = current.detach().requires_grad_();
            var (value, gradient) = Gradient(at, loss);
            using var noGradient = no_grad();
            seen?.Invoke(value, gradient);
            var next = Ball.Project(at + Ball.Ascent(gradient, StepSize), images);
            current.Dispose();
            current = next.MoveToOuterDisposeScope();
        }
        return current.MoveToOuterDisposeScope();
    }

    static (Tensor Value, Tensor Gradient) Gradient(Tensor images, Func<Tensor, Tensor> loss)
    {
        using var gradients = enable_grad();
        var value = loss(images);
        return (value.detach(), autograd.grad([value], [images])[0]);
    }
}
