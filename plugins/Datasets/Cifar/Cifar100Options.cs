using Sat.Records.Options;

namespace Sat.Datasets.Cifar;

sealed record Cifar100Options
{
    [Option("Folder with the binary version's files, or cifar-100-binary.tar.gz.", IsPath = true)]
    public string? Path { get; init; }

    [Option("The hundred classes, or their twenty superclasses.")]
    public CifarLabels Labels { get; init; }
}
