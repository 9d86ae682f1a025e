using Sat.Records;
using Sat.Reports.Comparison;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The p value that a verdict rests on, and what is left of it among the others of its report.</summary>
internal static class Evidence
{
    public static string Of(ComparisonResult comparison, VerdictFamily family) =>
        comparison switch
        {
            {
                Kind: ComparisonKind.Exact,
                Judgement: Judgement.Different,
                Test: { DifferenceP: { } p, AdjustedDifferenceP: { } adjusted }
            } => Text("no difference", p, adjusted, family),
            { Kind: ComparisonKind.Exact, Test: { EquivalenceP: { } p, AdjustedEquivalenceP: { } adjusted } } => Text(
                "a difference beyond the margin",
                p,
                adjusted,
                family
            ),
            { Kind: not ComparisonKind.Exact, Direction: { Paired.P: { } p, AdjustedP: { } adjusted } } => Text(
                "no lead",
                p,
                adjusted,
                family
            ),
            _ => "",
        };

    public static string Of(ExpectedLead lead, VerdictFamily family) =>
        lead is { Paired.P: { } p, AdjustedP: { } adjusted } ? $". {Text("no lead", p, adjusted, family)}" : "";

    private static string Text(string hypothesis, double p, double adjusted, VerdictFamily family) =>
        $"For {hypothesis}, p = {Number(p)}"
        + (family.Verdicts > 1 ? $"; {Number(adjusted)} after Holm's correction for {Count.Of(family.Verdicts, "verdict")}." : ".");

    private static string Number(double p) => p < 0.0001 ? "0.0001 or less" : Format.Short(p);
}
