using Sat.Evaluations.Robustness.Attacks;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Squares of one colour, and stripes to begin with: every channel of a pixel is changed by the whole radius.</summary>
sealed class FlatSquares(Ball ball) : ISquares
{
    public int SmallestSide => 1;

    public bool OddSides => false;

    public Tensor Start(Tensor images, IDraws draws) =>
        (images + (ball.Radius * draws.Signs(images.shape[0], images.shape[1], 1, images.shape[3]))).clamp_(0, 1);

    public Tensor Change(Tensor images, Tensor best, int side, IDraws draws)
    {
        var top = draws.Place(images.shape[2] - side);
        var left = draws.Place(images.shape[3] - side);
        var changed = best.clone();
        changed.narrow(2, top, side).narrow(3, left, side).add_(2 * ball.Radius * draws.Signs(images.shape[1], 1, 1));
        return ball.Project(changed, images);
    }
}
