using Sat.Records.Options;

namespace Sat.Noise.Standard.Human;

sealed record Cifar100nOptions
{
    [Option("CIFAR-100_human.pt as published at github.com/UCSC-REAL/cifar-10-100n.", IsPath = true, Required = true)]
    public string? Path { get; init; }

    [Option("The labels of the hundred classes (40.2 % wrong), or of the twenty superclasses, for the dataset with coarse labels.")]
    public Cifar100nLabels Labels { get; init; }
}
