using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>What should hold of the metrics, in words.</summary>
internal static class CheckViews
{
    private const int MostCases = 12;

    private static readonly string OfEvaluation = $"{SpecSlots.Evaluation.Name}.";

    public static IReadOnlyList<CheckView> From(ResultsDocument document, Measures measures)
    {
        var cells = document.Cells.ToDictionary(c => c.Id);
        var settings = document.Cells.Where(c => c.Spec.Evaluation is not null).ToDictionary(c => c.Id, OptionAxis.Settings);
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
                            Typography.Bind(Sentence(c, x, cells[x.Cell], measures, Evaluation(c, x, settings)))
                        )),
                ],
                Math.Max(0, c.Cases.Count - MostCases)
            )),
        ];
    }

    /// <summary>What tells the case's evaluation from the others that the check is of.</summary>
    private static string Evaluation(
        CheckResult check,
        CheckCase found,
        Dictionary<string, IReadOnlyDictionary<string, string>> settings
    ) =>
        settings.TryGetValue(found.Cell, out var own)
            ? string.Concat(
                OptionAxis
                    .Varying(check.Cases.Select(c => settings.GetValueOrDefault(c.Cell)).OfType<IReadOnlyDictionary<string, string>>())
                    .Where(p => p.StartsWith(OfEvaluation, StringComparison.Ordinal) && own.ContainsKey(p))
                    .Where(p => found.Option is null || SettingMatch.Number(own[p]) != found.Option)
                    .Select(p => $", {OptionCharts.Word(p, own[p])}")
            )
            : "";

    private static string Sentence(CheckResult check, CheckCase found, CellResult cell, Measures measures, string by)
    {
        var value = measures.Text(check.Metric, found.Value);
        var at = found.Option is { } option ? $" at {Format.Plain(option)}" : "";
        var before = found.Before is { } b ? $", {measures.Text(check.Metric, b)} at {Format.Plain(found.BeforeOption!.Value)}" : "";
        var epoch = cell.Spec.EvaluateOn?.Epoch is { } e ? $", weights of epoch {Format.Whole(e)}" : "";
        return $"{cell.Method} {NoiseWords.Under(cell.Noise)}{by}{epoch}: {value}{at}{before}";
    }
}
