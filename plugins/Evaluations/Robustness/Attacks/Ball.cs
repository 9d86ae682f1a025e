using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Attacks;

/// <summary>The images that an attacker may choose from: pixels in [0, 1], at most a radius away from an image.</summary>
/// <param name="Norm">By which distances are measured.</param>
/// <param name="Radius">epsilon, above 0.</param>
readonly record struct Ball(Norm Norm, double Radius)
{
    /// <summary>In place of a length of 0, which nothing can be divided by.</summary>
    const double Tiny = 1e-12;

    /// <summary>The nearest images within the ball, and then within [0, 1].</summary>
    /// <param name="images">[n, channels, height, width].</param>
    /// <param name="around">The centres, of the same shape, in [0, 1].</param>
    public Tensor Project(Tensor images, Tensor around)
    {
        if (Norm == Norm.Linf)
            return minimum(maximum(images, around - Radius), around + Radius).clamp_(0, 1);
        var change = images - around;
        return (around + (Unit(change) * EachImage(Length(change).clamp_max(Radius)))).clamp_(0, 1);
    }

    /// <summary>The change of length <paramref name="step"/> that raises a function most, as far as its gradient tells: 0 where that is
    /// 0.</summary>
    /// <param name="gradient">[n, channels, height, width].</param>
    /// <param name="step">A length, or one an image, [n, 1, 1, 1].</param>
    public Tensor Ascent(Tensor gradient, Tensor step) => Direction(gradient) * step;

    /// <inheritdoc cref="Ascent(Tensor, Tensor)"/>
    public Tensor Ascent(Tensor gradient, double step) => Direction(gradient) * step;

    /// <summary>The length of each change, [n].</summary>
    /// <param name="change">[n, channels, height, width].</param>
    public Tensor Length(Tensor change) => Norm == Norm.Linf ? change.abs().amax([1, 2, 3]) : change.square().sum([1, 2, 3]).sqrt();

    /// <summary>Changes of length 1; 0 where they are 0.</summary>
    /// <param name="change">[n, channels, height, width].</param>
    public Tensor Unit(Tensor change) => change / EachImage(Length(change) + Tiny);

    /// <summary>[n] to [n, 1, 1, 1].</summary>
    public static Tensor EachImage(Tensor values) => values.view(-1, 1, 1, 1);

    Tensor Direction(Tensor gradient) => Norm == Norm.Linf ? gradient.sign() : Unit(gradient);
}
