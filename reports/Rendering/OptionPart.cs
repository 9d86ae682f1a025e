using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>Trainings, or the evaluations of one kind: what is drawn against their settings.</summary>
/// <param name="Metric">The metric that they are read by.</param>
/// <param name="Cells">The cells that have it, each with its settings.</param>
internal sealed record OptionPart(string Metric, IReadOnlyList<(CellResult Cell, IReadOnlyDictionary<string, string> Settings)> Cells)
{
    /// <summary>Those of a document. They are worked out once: the settings of a thousand cells take their time.</summary>
    public static IReadOnlyList<OptionPart> All(ResultsDocument document, Measures measures) =>
        [
            .. from part in document.Cells.GroupBy(c => c.Spec.Evaluation?.Id)
            let metric = measures.Main(part)
            where metric is not null
            let cells = part.Where(c => c.Final.ContainsKey(metric)).Select(c => (c, OptionAxis.Settings(c)))
            select new OptionPart(metric, [.. cells]),
        ];
}
