using Sat.Records.Options;

namespace Sat.Datasets.Cifar;

sealed record Cifar10Options
{
    [Option(
        "Folder with the files of the binary or the Python version, or cifar-10-binary.tar.gz or cifar-10-python.tar.gz.",
        IsPath = true
    )]
    public string? Path { get; init; }
}
