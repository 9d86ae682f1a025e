using Sat.Records.Metrics;
using static TorchSharp.torch;

namespace Sat.Engine.Measures;

/// <summary>How well a method tells right labels from wrong ones by the samples that it selects.</summary>
public static class SelectionQuality
{
    /// <summary>The shares of <see cref="MetricNames.SelectionPrecision"/> and <see cref="MetricNames.SelectionRecall"/>, where there is
    /// something to take a share of.</summary>
    /// <param name="selected">bool [n].</param>
    /// <param name="right">bool [n]: true where the given label is the true one.</param>
    public static IEnumerable<KeyValuePair<string, double>> Shares(Tensor selected, Tensor right)
    {
        using var scope = NewDisposeScope();
        var both = selected.logical_and(right).sum().item<long>();
        var rows = new List<KeyValuePair<string, double>>();
        Add(MetricNames.SelectionPrecision, selected);
        Add(MetricNames.SelectionRecall, right);
        return rows;

        void Add(string name, Tensor of)
        {
            if (of.sum().item<long>() is > 0 and var count)
                rows.Add(new(name, (double)both / count));
        }
    }
}
