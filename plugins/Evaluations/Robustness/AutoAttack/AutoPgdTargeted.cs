using Sat.Evaluations.Robustness.Targets;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Auto-PGD on the targeted difference of logits ratio, with one class after another as the target: the second largest logit's of
/// the image first.</summary>
/// <param name="attack">Attacks once.</param>
/// <param name="targets">How many classes.</param>
sealed class AutoPgdTargeted(AutoPgd attack, int targets) : IAttack
{
    public string Name => "apgd-t";

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
                    var target = Margins.Ranked(classifier.Logits(some), rank);
                    return attack.Run(classifier, some, theirs, Margins.TargetedRatio(theirs, target), draws);
                }
            );
            if (!left)
                break;
        }
        return found.Images.MoveToOuterDisposeScope();
    }
}
