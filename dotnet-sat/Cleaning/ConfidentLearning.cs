namespace Sat.Cleaning;

/// <summary>
/// Confident learning: which given labels are wrong, judged by probabilities that come from nets that did not train on the label, or not
/// on it alone. Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels" (JAIR 2021). Where the paper
/// leaves room, as its authors' library cleanlab 2.9 does, so that numbers can be compared.
/// </summary>
public sealed class ConfidentLearning
{
    private readonly BeliefSummary _summary;
    private readonly long[][] _counts;
    private readonly long[][] _calibrated;
    private readonly Lazy<IReadOnlyList<int>[]> _labelled;

    private ConfidentLearning(BeliefSummary summary)
    {
        _summary = summary;
        var classes = summary.Beliefs.Classes;
        _counts = [.. Enumerable.Range(0, classes).Select(_ => new long[classes])];
        List<int> off = [];
        for (var i = 0; i < summary.Presumed.Length; i++)
        {
            var (given, presumed) = (summary.Beliefs.Labels[i], summary.Presumed[i]);
            if (presumed < 0)
                continue;
            _counts[given][presumed]++;
            if (given != presumed)
                off.Add(i);
        }
        for (var k = 0; k < classes; k++)
            _counts[k][k] = Math.Max(1, _counts[k][k]);
        OffDiagonal = off;
        _labelled = new(() =>
        {
            var byClass = summary.Given.Select(count => new List<int>(count)).ToArray();
            for (var i = 0; i < summary.Presumed.Length; i++)
                byClass[summary.Beliefs.Labels[i]].Add(i);
            return byClass;
        });
        _calibrated = CountMatrix.Calibrate(_counts, summary.Given);
    }

    /// <summary>Reads all beliefs, twice.</summary>
    public static ConfidentLearning Of(LabelBeliefs beliefs)
    {
        ArgumentNullException.ThrowIfNull(beliefs);
        return new ConfidentLearning(BeliefSummary.Of(beliefs));
    }

    /// <summary>The probability from which on a sample counts for a class, by class: the mean of those labelled so; 2 for a class without
    /// labels.</summary>
    public IReadOnlyList<double> Thresholds => _summary.Thresholds;

    /// <summary>[given][presumed]: samples that are confidently of a class; each diagonal entry at least 1.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Joint => _counts;

    /// <summary>The same, scaled to the number of labels of each class.</summary>
    public IReadOnlyList<IReadOnlyList<long>> CalibratedJoint => _calibrated;

    /// <summary>Samples that are confidently of another class than given, ascending.</summary>
    public IReadOnlyList<int> OffDiagonal { get; }

    /// <summary>The most probable class of each sample.</summary>
    public IReadOnlyList<int> Predicted => _summary.Predicted;

    /// <summary>How many labels are called wrong for sure: those off the diagonal whose given class is not the most probable.</summary>
    public int IssueCount => OffDiagonal.Count(i => !_summary.IsGivenOnTop(i));

    /// <summary>How many labels are expected to be wrong: samples times what lies off the diagonal of the joint.</summary>
    public int EstimatedIssueCount
    {
        get
        {
            var again = CountMatrix.Calibrate(_calibrated, _summary.Given);
            var total = (double)again.Sum(r => r.Sum());
            return (int)Math.Round(_summary.Presumed.Length * (1 - again.Select((r, k) => r[k]).Sum() / total), MidpointRounding.ToEven);
        }
    }

    /// <summary>The share of labels that are not called wrong, in [0, 1].</summary>
    public double Health => 1 - IssueCount / (double)_summary.Presumed.Length;

    /// <summary>How given and true labels depend on each other.</summary>
    /// <param name="converge">True: the estimates are made to agree with each other.</param>
    public LatentNoise Latent(bool converge = false) => LatentNoise.From(_calibrated, converge);

    /// <summary>How good each label looks, by sample, in [0, 1].</summary>
    public double[] Scores(LabelScore score) =>
        score switch
        {
            LabelScore.SelfConfidence => [.. _summary.Own],
            LabelScore.NormalizedMargin => [.. _summary.Own.Zip(_summary.Other, (own, other) => (own - other + 1) / 2)],
            _ => [.. _summary.Own.Zip(_summary.Entropies(), WeightedEntropy)],
        };

    /// <summary>The labels that a rule calls issues, ascending.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="share">The part of the expected wrong labels that is called so, in [0, 1]; of the pruning rules.</param>
    /// <param name="kept">The least number of labels of a class that stay; classes with no more are not touched. Of the pruning
    /// rules.</param>
    public IReadOnlyList<int> Issues(LabelRule rule, double share = 1, int kept = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(kept);
        var samples = Enumerable.Range(0, _summary.Presumed.Length);
        return rule switch
        {
            LabelRule.LowSelfConfidence => Lowest(_summary.Own, IssueCount),
            LabelRule.LowNormalizedMargin => Lowest(Scores(LabelScore.NormalizedMargin), IssueCount),
            LabelRule.ConfidentLearning => [.. OffDiagonal.Where(i => !_summary.IsGivenOnTop(i))],
            LabelRule.PredictedNotGiven =>
            [
                .. samples.Where(i => _summary.Predicted[i] != _summary.Beliefs.Labels[i] && !_summary.IsGivenOnTop(i)),
            ],
            LabelRule.PruneByClass => Called(ByClass(share, kept)),
            LabelRule.PruneByNoiseRate => Called(ByNoiseRate(share, kept)),
            _ => Called(ByClass(share, kept).Intersect(ByNoiseRate(share, kept))),
        };
    }

    /// <summary>How good the labels of each class are, by class.</summary>
    public IReadOnlyList<ClassQuality> Classes()
    {
        var samples = (double)_summary.Presumed.Length;
        return
        [
            .. Enumerable
                .Range(0, _calibrated.Length)
                .Select(k =>
                {
                    var (given, truly, both) = (_calibrated[k].Sum(), _calibrated.Sum(r => r[k]), _calibrated[k][k]);
                    var total = (double)_calibrated.Sum(r => r.Sum());
                    long Issues(long count) => (long)Math.Round(samples * ((count - both) / total), MidpointRounding.ToEven);
                    return new ClassQuality(
                        k,
                        Issues(given),
                        Issues(truly),
                        given > 0 ? 1 - both / (double)given : 0,
                        truly > 0 ? 1 - both / (double)truly : 0
                    );
                }),
        ];
    }

    private IReadOnlyList<int> Called(IEnumerable<int> samples) => [.. samples.Where(i => !_summary.IsGivenOnTop(i)).Order()];

    private IEnumerable<int> ByClass(double share, int kept)
    {
        var table = CountMatrix.Prune(_calibrated, kept, share);
        return Prunable(kept)
            .SelectMany(k =>
            {
                var own = Labelled(k);
                return own.OrderBy(i => _summary.Own[i]).Take((int)(own.Count - table[k][k]));
            });
    }

    private IEnumerable<int> ByNoiseRate(double share, int kept)
    {
        var table = CountMatrix.Prune(_calibrated, kept, share);
        var classes = _calibrated.Length;
        var found = new HashSet<int>();
        var row = new double[classes];
        foreach (var given in Prunable(kept))
        {
            var queues = Enumerable.Range(0, classes).Select(_ => new PriorityQueue<int, double>()).ToArray();
            foreach (var sample in Labelled(given))
            {
                _summary.Beliefs.Read(sample, row);
                for (var other = 0; other < classes; other++)
                {
                    var wanted = (int)table[given][other];
                    if (other == given || wanted == 0)
                        continue;
                    var margin = row[other] - row[given];
                    if (queues[other].Count < wanted)
                        queues[other].Enqueue(sample, margin);
                    else
                        queues[other].EnqueueDequeue(sample, margin);
                }
            }
            found.UnionWith(queues.SelectMany(q => q.UnorderedItems.Select(i => i.Element)));
        }
        return found;
    }

    private IEnumerable<int> Prunable(int kept) =>
        Enumerable.Range(0, _calibrated.Length).Where(k => _summary.Given[k] > Math.Max(1, kept));

    private IReadOnlyList<int> Labelled(int given) => _labelled.Value[given];

    private static int[] Lowest(double[] scores, int count) =>
        [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).Take(count).Order()];

    private double WeightedEntropy(double own, double entropy)
    {
        const double least = 1e-6;
        var x = entropy / Math.Log(_summary.Beliefs.Classes) / Math.Max(own, least);
        return Math.Log(1 + x) / Math.Max(x, least);
    }
}
