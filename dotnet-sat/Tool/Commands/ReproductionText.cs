using Sat.Sweeps.Store;
using Sat.Tool.Display;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary>How near a repetition came, in words.</summary>
internal static class ReproductionText
{
    /// <summary>Writes it to the standard output, with the conditions that differ.</summary>
    public static void Write(Reproduction judgement)
    {
        var values = new StoredValue(InstalledMetrics.Read);
        string Text(double? value) => value is { } number ? values.Metric(judgement.Metric, number) : "-";
        Console.Out.WriteLine(
            judgement.Outcome switch
            {
                ReproductionOutcome.Identical => "identical: every output is the same, to the bit",
                ReproductionOutcome.WithinSpread =>
                    $"within the seeds' spread: {judgement.Metric} {Text(judgement.Now)}, before {Text(judgement.First)}, standard deviation {Text(judgement.Spread)} over {judgement.Seeds} seeds",
                _ => $"different: {judgement.Metric} {Text(judgement.Now)}, before {Text(judgement.First)}"
                    + (
                        judgement.Spread is { } spread
                            ? $", standard deviation {Text(spread)} over {judgement.Seeds} seeds"
                            : "; no other seeds lie beside it to show the spread"
                    ),
            }
        );
        foreach (var condition in judgement.Conditions)
            Console.Out.WriteLine($"  {condition}");
        if (judgement is { Outcome: not ReproductionOutcome.Identical, Conditions.Count: 0 })
            Console.Out.WriteLine(
                "  no recorded condition differs: set deterministic: true, or look for a component that is not deterministic"
            );
    }
}
