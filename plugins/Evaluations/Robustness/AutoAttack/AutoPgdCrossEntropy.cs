using Sat.Evaluations.Robustness.Targets;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Auto-PGD on the cross entropy, from one start.</summary>
sealed class AutoPgdCrossEntropy(AutoPgd attack) : IAttack
{
    public string Name => "apgd-ce";

    public Tensor Perturb(AttackedClassifier classifier, Tensor images, Tensor labels, IDraws draws)
    {
        using var scope = NewDisposeScope();
        var found = new Found(images, labels);
        found.Try((some, theirs) => attack.Run(classifier, some, theirs, Margins.CrossEntropy(theirs), draws));
        return found.Images.MoveToOuterDisposeScope();
    }
}
