using Sat.Records.Options;

namespace Sat.Noise.Standard.Human;

sealed record Cifar10nOptions
{
    [Option("CIFAR-10_human.pt as published at github.com/UCSC-REAL/cifar-10-100n.", IsPath = true, Required = true)]
    public string? Path { get; init; }

    [Option(
        "Whose labels: the majority of three people's (9.0 % wrong), each one's (17.2, 18.1 and 17.6 %), or the worst: a wrong label wherever one of the three gave one (40.2 %)."
    )]
    public Cifar10nLabels Labels { get; init; }
}
