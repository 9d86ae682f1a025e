namespace Sat.Noise.Standard.Human;

/// <summary>The label sets of CIFAR-10N: three people's, and two that are made of them.</summary>
enum Cifar10nLabels
{
    Aggregate,
    Random1,
    Random2,
    Random3,
    Worst,
}
