using Sat.Records.Options;

namespace Sat.Datasets.Cifar;

sealed record Cifar100Options
{
    [Option(
        "Folder with the files of the binary or the Python version, or cifar-100-binary.tar.gz or cifar-100-python.tar.gz.",
        IsPath = true
    )]
    public string? Path { get; init; }

    [Option("The hundred classes, or their twenty superclasses.")]
    public CifarLabels Labels { get; init; }
}
