using Sat.Evaluations.Robustness.Targets;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Looks for images within a ball around given ones that get another class.</summary>
interface IAttack
{
    /// <summary>Lower-case, as the literature calls it.</summary>
    string Name { get; }

    /// <summary>For each image one that gets another class, where one is found, and else the image itself.</summary>
    /// <param name="classifier">What is attacked.</param>
    /// <param name="images">Pixels in [0, 1] that get their class, [n, channels, height, width].</param>
    /// <param name="labels">int64 [n].</param>
    /// <param name="draws">Random numbers.</param>
    Tensor Perturb(AttackedClassifier classifier, Tensor images, Tensor labels, IDraws draws);
}
