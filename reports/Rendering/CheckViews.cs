using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>What should hold of the metrics, in words.</summary>
internal static class CheckViews
{
    private const int MostCases = 12;

    public static IReadOnlyList<CheckView> From(ResultsDocument document, Measures measures)
    {
        var cells = document.Cells.ToDictionary(c => c.Id);
        return
        [
            .. document.Checks.Select(c => new CheckView(
                BadgeView.For(c.Status),
                measures.Title(c.Metric),
                c.Claim,
                c.Status == CheckStatus.Violated ? $"Where it does not hold, {c.Otherwise}."
                    : c.Status == CheckStatus.NotMeasured ? "No evaluation of this study measures this."
                    : "",
                [
                    .. c
                        .Cases.OrderBy(x => x.Holds)
                        .Take(MostCases)
                        .Select(x => new SeedView(
                            BadgeView.For(x.Holds ? CheckStatus.Holds : CheckStatus.Violated),
                            Typography.Bind(Sentence(c, x, cells[x.Cell], measures, evaluations: Evaluations(c, cells) > 1))
                        )),
                ],
                Math.Max(0, c.Cases.Count - MostCases)
            )),
        ];
    }

    /// <summary>How many evaluations a check is of.</summary>
    private static int Evaluations(CheckResult check, Dictionary<string, CellResult> cells) =>
        check.Cases.Select(c => cells[c.Cell].Spec.Evaluation?.Id).Distinct().Count();

    private static string Sentence(CheckResult check, CheckCase found, CellResult cell, Measures measures, bool evaluations)
    {
        var by = evaluations && cell.Spec.Evaluation?.Id is { } id ? $", {id}" : "";
        var value = measures.Text(check.Metric, found.Value);
        var at = found.Option is { } option ? $" at {Format.Plain(option)}" : "";
        var before = found.Before is { } b ? $", {measures.Text(check.Metric, b)} at {Format.Plain(found.BeforeOption!.Value)}" : "";
        var epoch = cell.Spec.EvaluateOn?.Epoch is { } e ? $", weights of epoch {Format.Whole(e)}" : "";
        return $"{cell.Method} {NoiseWords.Under(cell.Noise)}{by}{epoch}: {value}{at}{before}";
    }
}
