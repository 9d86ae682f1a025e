using Sat.Evaluations.Robustness.Attacks;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Hills and valleys: a square takes, in its own shape, the squared length that a second square gives up and that the image has
/// left.</summary>
sealed class RoundSquares(Ball ball) : ISquares
{
    const double Tiny = 1e-12;

    /// <summary>The start is a grid of so many squares.</summary>
    const int Grid = 5;

    public int SmallestSide => 3;

    public bool OddSides => true;

    public Tensor Start(Tensor images, IDraws draws)
    {
        var (channels, height, width) = (images.shape[1], images.shape[2], images.shape[3]);
        var side = (int)Math.Max(height / Grid, 1);
        var margin = Math.Max((height - ((long)side * Grid)) / 2, 0);
        var changes = zeros_like(images);
        for (var top = margin; top + side <= height; top += side)
        {
            for (var left = margin; left + side <= width; left += side)
                changes
                    .narrow(2, top, side)
                    .narrow(3, left, side)
                    .add_(Shape(side, images, draws) * draws.Signs(images.shape[0], channels, 1, 1));
        }
        return (images + (ball.Unit(changes) * ball.Radius)).clamp_(0, 1);
    }

    public Tensor Change(Tensor images, Tensor best, int side, IDraws draws)
    {
        var changes = best - images;
        var (count, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        Tensor Window(Tensor of, (long Top, long Left) place) => of.narrow(2, place.Top, side).narrow(3, place.Left, side);
        (long Top, long Left) Place() => (draws.Place(height - side), draws.Place(width - side));
        var (taking, giving) = (Place(), Place());

        var mask = zeros([1, 1, height, width], device: images.device);
        Window(mask, taking).fill_(1);
        Window(mask, giving).fill_(1);
        var given = (changes * mask).square().sum([2, 3], keepdim: true);
        var free = (Math.Pow(ball.Radius, 2) - Ball.EachImage(ball.Length(changes)).square()).clamp_min_(0) / channels;
        var old = UnitWindow(Window(changes, taking));
        var fresh = UnitWindow((Shape(side, images, draws) * draws.Signs(count, channels, 1, 1)) + old) * (free + given).sqrt();
        Window(changes, giving).fill_(0);
        Window(changes, taking).copy_(fresh);
        return (images + (ball.Unit(changes) * ball.Radius)).clamp_(0, 1);
    }

    static Tensor UnitWindow(Tensor window) => window / (window.square().sum([2, 3], keepdim: true).sqrt() + Tiny);

    /// <summary>A hill beside a valley, one above the other or side by side, of length 1, [side, side].</summary>
    static Tensor Shape(int side, Tensor like, IDraws draws)
    {
        var shape = Half(side, side / 2).Concat(Half(side, side - (side / 2)).Select(v => -v)).ToArray();
        var length = Math.Max(Math.Sqrt(shape.Sum(v => v * v)), Tiny);
        var made = tensor(shape.Select(v => (float)(v / length)).ToArray(), [side, side], device: like.device);
        return draws.Uniform(1).item<float>() > 0.5f ? made.t() : made;
    }

    /// <summary>Rows of a hill of length 1: rectangles around its middle, each larger than the one before and lower by the square of its
    /// number.</summary>
    static double[] Half(int columns, int rows)
    {
        var values = new double[rows * columns];
        var (top, left) = (rows / 2, columns / 2);
        for (var number = 0; number < Math.Max((rows / 2) + 1, (columns / 2) + 1); number++, top--, left--)
        {
            for (var row = Math.Max(top, 0); row < Math.Min(top + (2 * number) + 1, rows); row++)
            {
                for (var column = Math.Max(left, 0); column < Math.Min(left + (2 * number) + 1, columns); column++)
                    values[(row * columns) + column] += 1.0 / ((number + 1) * (number + 1));
            }
        }
        var length = Math.Max(Math.Sqrt(values.Sum(v => v * v)), Tiny);
        return [.. values.Select(v => v / length)];
    }
}
