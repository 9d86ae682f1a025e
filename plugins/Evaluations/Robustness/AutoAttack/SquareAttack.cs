using Sat.Evaluations.Robustness.Attacks;
using Sat.Evaluations.Robustness.Targets;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>
/// Square (arXiv 1912.00049): a random search that sees logits alone. Each query changes a square of the image, at a random place and
/// smaller and smaller, and keeps what lowers the margin. All images of a call get the same places.
/// </summary>
/// <param name="ball">What may be reached.</param>
/// <param name="queries">Queries an image, after that of the start.</param>
sealed class SquareAttack(Ball ball, int queries) : IAttack
{
    /// <summary>Share of the pixels that the first squares change.</summary>
    const double FirstShare = 0.8;

    /// <summary>After which queries that share is halved.</summary>
    static readonly int[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

    readonly ISquares _squares = ball.Norm == Norm.Linf ? new FlatSquares(ball) : new RoundSquares(ball);

    public string Name => "square";

    /// <summary>Is told a query (-1: the start), and the margins that it led to for the images that were queried.</summary>
    public Action<int, Tensor>? Seen { get; init; }

    public Tensor Perturb(AttackedClassifier classifier, Tensor images, Tensor labels, IDraws draws)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var best = _squares.Start(images, draws);
        var margins = Margins.ToOthers(classifier.Logits(best), labels);
        Seen?.Invoke(-1, margins);
        for (var query = 0; query < queries; query++)
        {
            using var queryScope = NewDisposeScope();
            var left = margins.gt(0).nonzero().flatten();
            if (left.shape[0] == 0)
                break;
            var (clean, current) = (images.index_select(0, left), best.index_select(0, left));
            var tried = _squares.Change(clean, current, Side(query, images), draws);
            var margin = Margins.ToOthers(classifier.Logits(tried), labels.index_select(0, left));
            Seen?.Invoke(query, margin);
            var before = margins.index_select(0, left);
            var better = margin.lt(before).logical_or_(margin.le(0));
            best.index_copy_(0, left, where(Ball.EachImage(better), tried, current));
            margins.index_copy_(0, left, where(better, margin, before));
        }
        return where(Ball.EachImage(margins.le(0)), best, images).MoveToOuterDisposeScope();
    }

    /// <summary>The side, in pixels, of the square that a query changes.</summary>
    int Side(int query, Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var share = FirstShare / (1 << Halvings.Count(h => query > h));
        var side = Math.Max((int)Math.Round(Math.Sqrt(share * height * width), MidpointRounding.ToEven), _squares.SmallestSide);
        return (int)Math.Min(_squares.OddSides ? side | 1 : side, Math.Min(height, width));
    }
}
