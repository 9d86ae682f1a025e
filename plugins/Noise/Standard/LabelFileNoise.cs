using Sat.Records;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard;

sealed record LabelFileOptions
{
    [Option(
        "A label for each training sample, in the dataset's order: numbers from 0 or class names, as .npy, .npz, JSON, CSV, or text with one per line.",
        IsPath = true,
        IsPerSample = true,
        Required = true
    )]
    public string? Path { get; init; }

    [Option(
        "The column of a CSV file, the array of an .npz file or the property of a JSON object. Unset: the only one, or 'label'. A column 'file' (as in labels.csv) or 'index' beside it says which sample each row is for."
    )]
    public string? Column { get; init; }

    [Option("Rows with a 'file' or 'index' need not name every sample: the others keep their labels.")]
    public bool? Partial { get; init; }

    [Option(
        "What the values are where the classes are named by numbers: names or numbers (positions in the dataset's list of classes, from 0). Unset: names if all numerals in a text are names of classes."
    )]
    public LabelValues? Values { get; init; }
}

static class LabelFileNoise
{
    public static NoiseResult Apply(NoiseContext context, LabelFileOptions options)
    {
        var files = context.Files["path"];
        var samples = context.Labels.shape[0];
        var partial = options.Partial == true;
        var keys = new SampleKeys((int)(context.WholeTrainingSet ?? samples), (int)samples, context.SampleFiles, partial);
        var labels = new SavedLabels("from-file", "labels", context.Classes.Count)
        {
            Names = context.Classes,
            Column = options.Column,
            Samples = keys,
            Form = options.Values,
        }.Read(files);
        // A file for the whole training set serves a run on its first samples too.
        if (labels.Length != samples && labels.Length != context.WholeTrainingSet)
        {
            throw new SatException(
                ExitCode.Environment,
                $"noise 'from-file': {files.Location} has {Count.Of(labels.Length, "label")}, but the training set has {Count.Of(context.WholeTrainingSet ?? samples, "sample")}; it must have one for each, in the same order."
            );
        }
        if (partial && labels.Contains(SampleKeys.Unnamed))
        {
            if (context.Labels.shape[0] == 0)
                throw new SatException(
                    ExitCode.Environment,
                    $"noise 'from-file': the dataset has no labels that samples could keep, so {files.Location} must name every sample"
                );
            var given = context.Labels.to(ScalarType.Int64).data<long>().ToArray();
            for (var i = 0; i < samples; i++)
                labels[i] = labels[i] == SampleKeys.Unnamed ? given[i] : labels[i];
        }
        return new NoiseResult { Labels = tensor(labels[..(int)samples], ScalarType.Int64) };
    }
}
