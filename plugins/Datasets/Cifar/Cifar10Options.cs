using Sat.Records.Options;

namespace Sat.Datasets.Cifar;

sealed record Cifar10Options
{
    [Option("Folder with the binary version's files, or cifar-10-binary.tar.gz.", IsPath = true)]
    public string? Path { get; init; }
}
