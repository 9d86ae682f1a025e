namespace Sat.Noise.Standard.Human;

/// <summary>The label sets of CIFAR-100N: the hundred classes, and their twenty superclasses.</summary>
enum Cifar100nLabels
{
    NoisyFine,
    NoisyCoarse,
}
