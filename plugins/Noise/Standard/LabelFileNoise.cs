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
        // A file for the whole training set serves a run on its first samples too.
        if (labels.Length != samples && labels.Length != context.WholeTrainingSet)
        {
            throw new SatException(ExitCode.Environment,
                $"noise 'from-file': {files.Location} has {labels.Length} labels, and the training set {context.WholeTrainingSet ?? samples} samples; it must have one for each, in the same order.");
        }
        return new NoiseResult { Labels = tensor(labels[..(int)samples], ScalarType.Int64) };
    }
}
