using Sat.Records.Options;

namespace Sat.Datasets.Svhn;

sealed record SvhnOptions
{
    [Option("Folder with the files of cropped digits: train_32x32.mat, test_32x32.mat; svhn-extra: extra_32x32.mat too.", IsPath = true)]
    public string? Path { get; init; }
}
