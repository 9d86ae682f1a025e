using Sat.Records;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard;

sealed record LabelFileOptions
{
    [Option("A .npy file with a label (an integer from 0) for each training sample, in the dataset's order.", IsPath = true, Required = true)]
    public string? Path { get; init; }
}

static class LabelFileNoise
{
    public static NoiseResult Apply(NoiseContext context, LabelFileOptions options)
    {
        var files = context.Files["path"];
        var labels = SavedIntegers.Read(files, "from-file", "labels", context.Classes.Count);
        var samples = context.Labels.shape[0];
        if (labels.Length != samples)
        {
            throw new SatException(ExitCode.Environment,
                $"noise 'from-file': {files.Location} has {labels.Length} labels, and the training set {samples} samples; it must have one for each, in the same order.");
        }
        return new NoiseResult { Labels = tensor(labels, ScalarType.Int64) };
    }
}
