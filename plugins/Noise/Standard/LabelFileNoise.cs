using Sat.Records;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard;

sealed record LabelFileOptions
{
    [Option("A label for each training sample, in the dataset's order: numbers from 0 or class names, as .npy, .npz, JSON, CSV, or text with one per line.", IsPath = true, Required = true)]
    public string? Path { get; init; }

    [Option("The column of a CSV file, the array of an .npz file or the property of a JSON object. Unset: the only one, or 'label'. A column 'index' says which sample each row is for.")]
    public string? Column { get; init; }
}

static class LabelFileNoise
{
    public static NoiseResult Apply(NoiseContext context, LabelFileOptions options)
    {
        var files = context.Files["path"];
        var labels = new SavedLabels("from-file", "labels", context.Classes.Count) { Names = context.Classes, Column = options.Column }.Read(files);
        var samples = context.Labels.shape[0];
        // A file for the whole training set serves a run on its first samples too.
        if (labels.Length != samples && labels.Length != context.WholeTrainingSet)
        {
            throw new SatException(ExitCode.Environment,
                $"noise 'from-file': {files.Location} has {Count.Of(labels.Length, "label")}, but the training set has {Count.Of(context.WholeTrainingSet ?? samples, "sample")}; it must have one for each, in the same order.");
        }
        return new NoiseResult { Labels = tensor(labels[..(int)samples], ScalarType.Int64) };
    }
}
