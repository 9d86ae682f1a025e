using System.Globalization;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Pickles;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard.Human;

/// <summary>Labels that people gave to a dataset's training samples, from a file that has the true ones too: by these it is made sure that
/// both mean the same samples in the same order.</summary>
static class HumanLabelNoise
{
    /// <param name="context">The labels.</param>
    /// <param name="noise">The noise, for messages.</param>
    /// <param name="published">The published file, for messages.</param>
    /// <param name="labels">Which of its labels.</param>
    public static NoiseResult Apply(NoiseContext context, string noise, string published, HumanLabels labels)
    {
        var files = context.Files["path"];
        try
        {
            return new NoiseResult { Labels = tensor(Read(context, files, labels), ScalarType.Int64) };
        }
        catch (InvalidDataException e)
        {
            throw new SatException(
                ExitCode.Environment,
                $"noise '{noise}': {files.Location} cannot be used: {e.Message}. Give {published} of github.com/UCSC-REAL/cifar-10-100n as it is.",
                inner: e
            );
        }
    }

    private static long[] Read(NoiseContext context, DataFiles files, HumanLabels labels)
    {
        if (PickledFile.Read(files.ReadAllBytes(files.Names.Single())) is not PickledDictionary dictionary)
            throw new InvalidDataException("it has no label sets with names");
        var clean = Vector(dictionary, labels.Clean);
        var given = Vector(dictionary, labels.Given.FirstOrDefault(dictionary.Names.Contains) ?? labels.Given[0]);
        var whole = context.WholeTrainingSet ?? context.Labels.shape[0];
        if (clean.Length != whole || given.Length != whole)
            throw new InvalidDataException(
                $"it has {Count.Of(given.Length, "label")}, but the training set has {Count.Of(whole, "sample")}"
            );
        var wrong = Array.FindIndex(given, label => label < 0 || label >= context.Classes.Count);
        if (wrong >= 0)
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"label {wrong} is {given[wrong]}, but labels are from 0 to {context.Classes.Count - 1}"
                )
            );
        return InOrder(context.Labels.data<long>().ToArray(), clean, given);
    }

    /// <summary>The given labels of the dataset's first samples.</summary>
    private static long[] InOrder(long[] truth, long[] clean, long[] given)
    {
        if (clean.AsSpan(0, truth.Length).SequenceEqual(truth))
            return given[..truth.Length];
        var (hashed, hashedGiven) = (new long[clean.Length], new long[clean.Length]);
        foreach (var (row, position) in TensorFlowOrder.Positions(clean.Length).Index())
            (hashed[position], hashedGiven[position]) = (clean[row], given[row]);
        if (hashed.AsSpan(0, truth.Length).SequenceEqual(truth))
            return hashedGiven[..truth.Length];
        int[] Differing(long[] labels) => [.. Enumerable.Range(0, truth.Length).Where(i => labels[i] != truth[i])];
        var (plain, other) = (Differing(clean), Differing(hashed));
        var (differing, found, order) =
            plain.Length <= other.Length ? (plain, clean, "") : (other, hashed, "in the order of TensorFlow Datasets, ");
        throw new InvalidDataException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{order}{differing.Length} of {truth.Length} true labels in it differ from the dataset's, the first at sample {differing[0]} ({found[differing[0]]} instead of {truth[differing[0]]}), so it is for other samples or in another order"
            )
        );
    }

    private static long[] Vector(PickledDictionary dictionary, string name) =>
        dictionary.TryGet(name, out var value)
            ? PickledVector.Read(value, null)
            : throw new InvalidDataException($"it has no '{name}', only {VisibleText.Line(string.Join(", ", dictionary.Names.Take(10)))}");
}
