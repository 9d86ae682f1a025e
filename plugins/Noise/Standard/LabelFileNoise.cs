using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard;

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
