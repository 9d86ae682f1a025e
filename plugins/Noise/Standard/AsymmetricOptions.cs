using Sat.Records.Options;

namespace Sat.Noise.Standard;

sealed record AsymmetricOptions
{
    [Option("Share r of the labels of the mapped classes to change: floor(r m) of m.", Min = 0, Max = 1)]
    public double Rate { get; init; } = 0.4;

    [Option(
        "Moves as 'truck>automobile', by class name; or a published map: cifar10, or cifar100 (each class to the next in its superclass).",
        NotEmpty = true
    )]
    public string[] Map { get; init; } = [ClassMaps.Cifar10];
}
