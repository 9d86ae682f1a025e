using Sat.Evaluations.Robustness.Attacks;
using Sat.Evaluations.Robustness.Targets;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>
/// FAB, targeted (arXiv 1907.02044): looks for the nearest image of another class by stepping onto the plane that the difference of
/// two logits has, linearised, at the present one, drawn towards the image that it began with. It knows no radius: what it finds counts
/// when it lies within one.
/// </summary>
/// <param name="ball">Norm, and the radius within which what is found counts.</param>
/// <param name="iterations">Steps a target.</param>
/// <param name="targets">How many classes, that of the second largest logit of the image first.</param>
sealed class FastAdaptiveBoundary(Ball ball, int iterations, int targets) : IAttack
{
    /// <summary>How far beyond the plane a step goes (eta).</summary>
    const double Overshoot = 1.05;

    /// <summary>What is left of a change that was enough, for the search for a smaller one (beta).</summary>
    const double Backwards = 0.9;

    /// <summary>The largest weight of the step that starts from the image itself (alpha_max).</summary>
    const double MostFromImage = 0.1;

    /// <summary>In place of a step of length 0.</summary>
    const double Shortest = 1e-8;

    /// <summary>Longer than any change within [0, 1].</summary>
    const double NothingFound = 1e10;

    public string Name => "fab-t";

    /// <summary>Is told a target's rank, and the length of the shortest change found for each image that was tried; 1e10: none.</summary>
    public Action<int, Tensor>? Seen { get; init; }

    public Tensor Perturb(AttackedClassifier classifier, Tensor images, Tensor labels, IDraws draws)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var found = new Found(images, labels);
        for (var rank = 2; rank < targets + 2; rank++)
        {
            var left = found.Try(
                (some, theirs) =>
                {
                    var (nearest, lengths) = Nearest(classifier, some, theirs, Margins.Ranked(classifier.Logits(some), rank));
                    Seen?.Invoke(rank, lengths);
                    return (nearest, lengths.le(ball.Radius).logical_and_(classifier.Correct(nearest, theirs).logical_not_()));
                }
            );
            if (!left)
                break;
        }
        return found.Images.MoveToOuterDisposeScope();
    }

    /// <summary>For each image the nearest one found of another class, and how far away it is.</summary>
    (Tensor Images, Tensor Lengths) Nearest(AttackedClassifier classifier, Tensor images, Tensor labels, Tensor targeted)
    {
        using var scope = NewDisposeScope();
        var (at, nearest) = (images.clone(), images.clone());
        var lengths = full([images.shape[0]], NothingFound, ScalarType.Float32, images.device);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            using var stepScope = NewDisposeScope();
            var (differences, gradients, _) = classifier.Differentiate(at, logits =>
                Margins.LogitsAt(logits, targeted) - Margins.LogitsAt(logits, labels)
            );
            at.copy_(Step(images, at, differences, gradients));
            var fooled = classifier.Correct(at, labels).logical_not_();
            var length = ball.Length(at - images);
            var shorter = fooled.logical_and(length.lt(lengths));
            nearest.copy_(where(Ball.EachImage(shorter), at, nearest));
            lengths.copy_(where(shorter, length, lengths));
            at.copy_(where(Ball.EachImage(fooled), images + ((at - images) * Backwards), at));
        }
        return (nearest.MoveToOuterDisposeScope(), lengths.MoveToOuterDisposeScope());
    }

    Tensor Step(Tensor images, Tensor at, Tensor differences, Tensor gradients)
    {
        var plane = new Hyperplane(at.flatten(1), differences, gradients.flatten(1));
        var (here, origin) = (
            plane.Reach(ball.Norm, at.flatten(1)).view(at.shape),
            plane.Reach(ball.Norm, images.flatten(1)).view(at.shape)
        );
        var (a1, a2) = (ball.Length(here).clamp_min_(Shortest), ball.Length(origin).clamp_min_(Shortest));
        var share = Ball.EachImage((a1 / (a1 + a2)).clamp_max_(MostFromImage));
        return (((at + (Overshoot * here)) * (1 - share)) + ((images + (Overshoot * origin)) * share)).clamp_(0, 1);
    }
}
