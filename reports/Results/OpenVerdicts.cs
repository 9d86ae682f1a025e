using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>The verdicts of a report that more seeds may decide.</summary>
/// <param name="Cells">Ids of the cells that need seeds.</param>
/// <param name="Open">How many verdicts are open.</param>
/// <param name="BeyondReach">Verdicts that no number of seeds up to the largest would decide if the scatter is as it seems, a sentence
/// each.</param>
public sealed record OpenVerdicts(IReadOnlySet<string> Cells, int Open, IReadOnlyList<string> BeyondReach)
{
    /// <summary>Finds them.</summary>
    /// <param name="document">The results so far.</param>
    /// <param name="looks">The planned looks.</param>
    public static OpenVerdicts In(ResultsDocument document, SeedLooks looks)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(looks);
        var cells = new HashSet<string>(StringComparer.Ordinal);
        List<string> beyond = [];
        var open = 0;
        foreach (var cell in document.Cells)
        {
            foreach (var comparison in cell.Comparisons)
            {
                if (comparison.Judgement is Judgement.Inconclusive or Judgement.Consistent && !IsWithinReach(comparison, looks))
                    beyond.Add(
                        $"{cell.Noise}, {cell.Method}, {comparison.Metric} {Format.Number(100 * comparison.Published)}: with the scatter seen so far, {looks.Most} seeds would not decide it."
                    );
                else if (comparison.Judgement is Judgement.Inconclusive or Judgement.Consistent)
                    Add([cell.Id]);
                else if (comparison is { Judgement: Judgement.Undecided, Direction: { } direction })
                    Add([
                        cell.Id,
                        .. document
                            .Cells.Where(c => c.Setting == cell.Setting && c.Row == cell.Row && c.Spec.Method.Id == direction.Reference)
                            .Select(c => c.Id),
                    ]);
            }
        }
        foreach (var lead in document.Expectations.SelectMany(e => e.Leads).Where(l => l.Status == ExpectationStatus.Undecided))
            Add([lead.Cell, lead.Against]);
        return new OpenVerdicts(cells, open, beyond);

        void Add(IEnumerable<string> ids)
        {
            open++;
            cells.UnionWith(ids);
        }
    }

    /// <summary>A published value of unknown scatter is one draw, whose error no number of our seeds makes small.</summary>
    private static bool IsWithinReach(ComparisonResult comparison, SeedLooks looks)
    {
        if (comparison is not { Measured: { Deviation: not null } measured, Test: { Method: DifferenceMethod.Prediction } test })
            return true;
        var most = MeanDifference.From(measured with { Seeds = looks.Most }, comparison.Published, null, null);
        var last = DifferenceResult.From(most, test.Margin, looks.Share(looks.Most));
        return last.Half90 < test.Margin || ValueVerdict.Of(most.Value, last) == Judgement.Different;
    }
}
