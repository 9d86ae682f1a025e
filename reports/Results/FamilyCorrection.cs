using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>
/// Corrects the p values of all verdicts of a report for being several. An exact comparison rests on two tests, of which at most one
/// hypothesis can be true: no difference, and a difference beyond the margin.
/// </summary>
internal sealed class FamilyCorrection
{
    private const double ErrorRate = 0.05;

    private readonly List<double> _values = [];
    private int _verdicts;
    private int _pairs;
    private int _decided;
    private int _holding;

    /// <summary>Corrects cells and expectations, and says how many tests they are.</summary>
    public static (IReadOnlyList<CellResult> Cells, IReadOnlyList<ExpectationResult> Expectations, VerdictFamily Family) Correct(
        IReadOnlyList<CellResult> cells,
        IReadOnlyList<ExpectationResult> expectations,
        double margin
    )
    {
        var correction = new FamilyCorrection();
        foreach (var comparison in cells.SelectMany(c => c.Comparisons))
            correction.Add(comparison);
        foreach (var lead in expectations.SelectMany(e => e.Leads))
            correction.Add(lead.Paired);
        // In the order in which they were added.
        using var adjusted = Holm.Adjust(correction._values, correction._values.Count - correction._pairs).GetEnumerator();
        double Next() => adjusted.MoveNext() ? adjusted.Current : throw new InvalidOperationException("a test was not counted");
        CellResult[] corrected = [.. cells.Select(c => c with { Comparisons = [.. c.Comparisons.Select(x => correction.With(x, Next))] })];
        ExpectationResult[] claims = [.. expectations.Select(e => e with { Leads = [.. e.Leads.Select(l => correction.With(l, Next))] })];
        return (
            corrected,
            claims,
            new VerdictFamily(margin, correction._verdicts, correction._values.Count, correction._decided, correction._holding)
        );
    }

    private void Add(ComparisonResult comparison)
    {
        if (comparison is { Kind: ComparisonKind.Exact, Test: { EquivalenceP: { } beyond, DifferenceP: { } none } })
        {
            _values.AddRange([beyond, none]);
            _verdicts++;
            _pairs++;
        }
        Add(comparison.Direction?.Paired);
    }

    private void Add(PairedInterval? paired)
    {
        if (paired?.P is not { } p)
            return;
        _values.Add(p);
        _verdicts++;
    }

    private ComparisonResult With(ComparisonResult comparison, Func<double> next)
    {
        var test = comparison.Test;
        if (comparison.Kind == ComparisonKind.Exact && test is { EquivalenceP: not null, DifferenceP: not null })
        {
            test = test with { AdjustedEquivalenceP = next(), AdjustedDifferenceP = next() };
            Tell(
                comparison.Judgement is Judgement.Equivalent or Judgement.Different,
                comparison.Judgement == Judgement.Equivalent ? test.AdjustedEquivalenceP : test.AdjustedDifferenceP
            );
        }
        var direction = comparison.Direction;
        if (direction?.Paired?.P is not null)
        {
            direction = direction with { AdjustedP = next() };
            Tell(direction.Judgement is Judgement.DirectionAgrees or Judgement.DirectionDiffers, direction.AdjustedP);
        }
        return comparison with { Test = test, Direction = direction };
    }

    private ExpectedLead With(ExpectedLead lead, Func<double> next)
    {
        if (lead.Paired.P is null)
            return lead;
        var corrected = lead with { AdjustedP = next() };
        Tell(corrected.Status is ExpectationStatus.Met or ExpectationStatus.NotMet, corrected.AdjustedP);
        return corrected;
    }

    private void Tell(bool isDecided, double? p)
    {
        _decided += isDecided ? 1 : 0;
        _holding += isDecided && p <= ErrorRate ? 1 : 0;
    }
}
