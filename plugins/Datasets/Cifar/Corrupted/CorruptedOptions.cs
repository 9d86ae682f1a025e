using Sat.Records.Options;

namespace Sat.Datasets.Cifar.Corrupted;

sealed record CorruptedOptions
{
    [Option("CIFAR-10-C.tar, its folder, or the folder CIFAR-10-C that it unpacks to.", IsPath = true)]
    public string? Path { get; init; }

    [Option("common: the fifteen corruptions of the benchmark. all: the four extra ones too.")]
    public CorruptionSet Corruptions { get; init; }
}
