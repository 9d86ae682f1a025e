using System.Globalization;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Measures;

/// <summary>
/// What soft targets make of the labels (arXiv 2002.10319, section 3: a label counts as recovered when the largest entry of
/// its soft target is at the true class).
/// </summary>
public static class LabelRecovery
{
    /// <summary>The shares of <see cref="MetricNames.LabelsRecovered"/>, <see cref="MetricNames.CleanLabelsChanged"/> and <see cref="MetricNames.LabelAccuracy"/>.</summary>
    /// <param name="targets">float32 [n, classes].</param>
    /// <param name="given">int64 [n].</param>
    /// <param name="truth">int64 [n].</param>
    public static IEnumerable<KeyValuePair<string, double>> Shares(Tensor targets, Tensor given, Tensor truth)
    {
        using var scope = NewDisposeScope();
        var proposed = targets.argmax(1);
        var wrong = given.ne(truth);
        var right = proposed.eq(truth);
        var wrongCount = wrong.sum().item<long>();
        var count = given.shape[0];
        var recovered = right.logical_and(wrong).sum().item<long>();
        var changed = right.logical_not().logical_and(wrong.logical_not()).sum().item<long>();
        var rows = new List<KeyValuePair<string, double>>
        {
            new(MetricNames.LabelAccuracy, (double)right.sum().item<long>() / count),
            new(MetricNames.CleanLabelsChanged, count > wrongCount ? (double)changed / (count - wrongCount) : 0),
        };
        if (wrongCount > 0)
            rows.Add(new(MetricNames.LabelsRecovered, (double)recovered / wrongCount));
        return rows;
    }

    /// <summary>
    /// <c>labels.csv</c>: a row for each training sample whose soft target proposes another label, the most confident first.
    /// Index: position in the training set; file: the sample's, where samples are files; given: the label trained on; confidence: the soft target at the proposed
    /// class; weight: the sample's in the loss. Whether a given label is wrong is not said: the proposal is the method's.
    /// </summary>
    /// <param name="method">Proposes the labels.</param>
    /// <param name="given">int64 [n]: what it was trained on.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="files">Each sample's file, of the whole training set; null: they are no files.</param>
    public static string SuspectsCsv(ISoftTargets method, Tensor given, IReadOnlyList<string> classes, IReadOnlyList<string>? files)
    {
        using var scope = NewDisposeScope();
        using var weights = method.SampleWeights().cpu();
        var (confidence, proposed) = method.SoftTargets.cpu().max(1);
        var confidences = confidence.data<float>().ToArray();
        var proposals = proposed.data<long>().ToArray();
        var labels = given.cpu().data<long>().ToArray();
        var sampleWeights = weights.data<float>().ToArray();

        string[] file = files is null ? [] : ["file"];
        return Csv.Write(
            ["index", .. file, "given", "proposed", "confidence", "weight"],
            Enumerable.Range(0, labels.Length).Where(i => proposals[i] != labels[i]).OrderByDescending(i => confidences[i]).ThenBy(i => i).Select(i => (IEnumerable<object?>)
            [
                i, .. file.Select(_ => files![i]), classes[(int)labels[i]], classes[(int)proposals[i]], Number(confidences[i]), Number(sampleWeights[i]),
            ]),
            lineBreak: "\n");

        static string Number(float value) => value.ToString("0.######", CultureInfo.InvariantCulture);
    }
}
