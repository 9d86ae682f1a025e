using Sat.Records;
using Sat.Records.Data;
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
        var whole = (int)(context.WholeTrainingSet ?? samples);
        var rows = options.Order == CountedIn.Rows ? SampleRows.Of(context) : null;
        // Of rows, the first are not those that are trained on.
        var keys = new SampleKeys(whole, rows is null ? (int)samples : whole, context.SampleFiles, partial);
        var saved = new SavedLabels("from-file", "labels", context.Classes.Count)
        {
            Names = context.Classes,
            Column = options.Column,
            Samples = keys,
            Form = options.Values,
        };
        var labels = saved.Read(files);
        SampleRows.RequireKnown(context, options.Order, saved.Naming, files.Location);
        // A file for the whole training set serves a run on its first samples too.
        if (labels.Length != samples && labels.Length != context.WholeTrainingSet)
        {
            throw NotAll(files, labels.Length, whole);
        }
        if (rows is not null && saved.Naming != SampleNaming.File)
            labels = labels.Length == whole ? [.. rows.Select(row => labels[row])] : throw NotAll(files, labels.Length, whole);
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

    private static SatException NotAll(DataFiles files, int labels, int samples) =>
        new(
            ExitCode.Environment,
            $"noise 'from-file': {files.Location} has {Count.Of(labels, "label")}, but the training set has {Count.Of(samples, "sample")}; it must have one for each, in the same order."
        );
}
