using System.Globalization;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Measures;

/// <summary>
/// What soft targets make of the labels (arXiv 2002.10319, section 3: a label counts as recovered when the largest entry of
/// its soft target is at the true class).
/// </summary>
public static class LabelRecovery
{
    /// <summary>The shares of <see cref="MetricNames.LabelsRecovered"/>, <see cref="MetricNames.CleanLabelsChanged"/> and
    /// <see cref="MetricNames.LabelAccuracy"/>.</summary>
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

    /// <summary>How many samples of each given class have their largest soft target at each class.</summary>
    /// <param name="targets">float32 [n, classes].</param>
    /// <param name="given">int64 [n].</param>
    /// <param name="truth">int64 [n]; null: nobody vouches for labels.</param>
    /// <returns>int64 [classes, classes], or [2, classes, classes] with the truth: of all samples, and of those whose largest soft target
    /// is at their true class.</returns>
    public static Tensor Corrections(Tensor targets, Tensor given, Tensor? truth)
    {
        using var scope = NewDisposeScope();
        var classes = targets.shape[1];
        var proposed = targets.argmax(1);
        Tensor Count(Tensor cells) => cells.bincount(null, classes * classes).reshape(classes, classes);
        var cells = given.mul(classes).add(proposed);
        var all = Count(cells);
        return (truth is null ? all : stack([all, Count(cells[proposed.eq(truth)])])).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// <c>labels.csv</c>: a row for each training sample whose soft target proposes another label, the least likely given label first.
    /// Index: position in the training set; file: the sample's, and its position there, where they are known; given: the label trained on;
    /// given-target and confidence: the soft target at the given and at the proposed class; margin: the second less the first;
    /// weight: the sample's in the loss. Whether a given label is wrong is not said: the proposal is the method's.
    /// </summary>
    /// <param name="method">Proposes the labels.</param>
    /// <param name="given">int64 [n]: what it was trained on.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="files">Where each sample of the whole training set comes from (<see cref="IHasSampleFiles"/>); null: it is not
    /// known.</param>
    public static string SuspectsCsv(ISoftTargets method, Tensor given, IReadOnlyList<string> classes, IReadOnlyList<string>? files)
    {
        using var scope = NewDisposeScope();
        var targets = method.SoftTargets.cpu();
        using var weights = method.SampleWeights().cpu();
        var own = given.cpu();
        var (confidence, proposed) = targets.max(1);
        var givenTargets = targets.gather(1, own.unsqueeze(1)).squeeze(1).data<float>().ToArray();
        var confidences = confidence.data<float>().ToArray();
        var proposals = proposed.data<long>().ToArray();
        var labels = own.data<long>().ToArray();
        var sampleWeights = weights.data<float>().ToArray();

        string[] file = files is null ? [] : ["file"];
        return Csv.Write(
            ["index", .. file, "given", "proposed", "given-target", "confidence", "margin", "weight"],
            Enumerable
                .Range(0, labels.Length)
                .Where(i => proposals[i] != labels[i])
                .OrderBy(i => givenTargets[i])
                .ThenByDescending(i => confidences[i])
                .ThenBy(i => i)
                .Select(i =>
                    (IEnumerable<object?>)
                        [
                            i,
                            .. file.Select(_ => files![i]),
                            classes[(int)labels[i]],
                            classes[(int)proposals[i]],
                            Number(givenTargets[i]),
                            Number(confidences[i]),
                            Number(confidences[i] - givenTargets[i]),
                            Number(sampleWeights[i]),
                        ]
                ),
            lineBreak: "\n"
        );

        static string Number(float value) => value.ToString("0.######", CultureInfo.InvariantCulture);
    }
}
