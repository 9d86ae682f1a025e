using Sat.Reports.Comparison;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>Yes-or-no questions to a results document, for exit codes. A gate that finds nothing to judge is not met.</summary>
public static class Gate
{
    /// <summary>Every gate by its name.</summary>
    public static IReadOnlyDictionary<string, Func<ResultsDocument, GateResult>> All { get; } =
        new Dictionary<string, Func<ResultsDocument, GateResult>>
        {
            ["equivalent"] = Equivalent,
            ["direction"] = Direction,
            ["expectations"] = Expectations,
        };

    /// <summary>Is there an exact comparison, and is every one equivalent?</summary>
    public static GateResult Equivalent(ResultsDocument document) =>
        Ask(
            document,
            c => c.Kind == ComparisonKind.Exact,
            c => c.Judgement == Judgement.Equivalent,
            "no run has the protocol of a published value, so there is nothing to be equivalent to"
        );

    /// <summary>Is there a comparison with a direction, and is every method on the side of its reference where it was published?</summary>
    public static GateResult Direction(ResultsDocument document) =>
        Ask(
            document,
            c => c.Direction is not null,
            c => c.Direction!.Agrees,
            "no finished run has both a published value and a reference method to compare with, so there is no direction to judge"
        );

    /// <summary>Does the study state expectations, and is every one met?</summary>
    public static GateResult Expectations(ResultsDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Expectations.Count == 0)
            return new GateResult(false, ["the study states no expectations"]);
        return new GateResult(
            document.Expectations.All(e => e.Status == ExpectationStatus.Met),
            [
                .. document.Expectations.Select(e =>
                    $"{Words.For(e.Status)}: {e.Claim}{(e.Status == ExpectationStatus.NotYet && e.Seeds.Count == 0 ? " (no such run is planned)" : "")}"
                ),
            ]
        );
    }

    private static GateResult Ask(
        ResultsDocument document,
        Func<ComparisonResult, bool> isAsked,
        Func<ComparisonResult, bool> isMet,
        string nothing
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        var asked = document.Cells.SelectMany(cell => cell.Comparisons.Where(isAsked).Select(c => (cell, c))).ToArray();
        if (asked.Length == 0)
            return new GateResult(false, [nothing]);
        return new GateResult(
            asked.All(a => isMet(a.c)),
            [
                .. asked.Select(a =>
                    $"{Words.For(a.c.Judgement)}: {a.cell.Method} {NoiseWords.Under(a.cell.Noise)}, {a.c.Metric}. {a.c.Sentence}"
                ),
            ]
        );
    }
}
