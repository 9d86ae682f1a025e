using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>The cells that charts of several methods show, each with the look of its method.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="Omitted">Which methods are left out, in a sentence; empty: none.</param>
internal sealed record DrawnCells(IReadOnlyList<(CellResult Cell, int Look)> Cells, string Omitted)
{
    /// <summary>More methods than this make no legible chart.</summary>
    private const int MostMethods = 10;

    /// <summary>Those of the best methods by a metric, on average over the cells.</summary>
    public static DrawnCells Of(SettingResult setting, IReadOnlyList<CellResult> cells, Measures measures, string metric)
    {
        double Mean(IGrouping<string, CellResult> method) => method.Average(c => c.Final[metric].Mean);
        IGrouping<string, CellResult>[] methods = [.. cells.Where(c => c.Final.ContainsKey(metric)).GroupBy(c => c.Column)];
        var best = measures.IsLowerBetter(metric) ? methods.OrderBy(Mean) : methods.OrderByDescending(Mean);
        return Among(setting, cells, [.. best.Select(g => g.Key)], $"by their mean {measures.Name(metric)}");
    }

    /// <summary>Those of the first methods of the setting.</summary>
    public static DrawnCells First(SettingResult setting, IReadOnlyList<CellResult> cells) =>
        Among(setting, cells, [.. setting.Methods.Select(m => m.Key).Where(m => cells.Any(c => c.Column == m))], "in the study's order");

    private static DrawnCells Among(SettingResult setting, IReadOnlyList<CellResult> cells, string[] ranked, string order)
    {
        var drawn = ranked.Take(MostMethods).ToHashSet(StringComparer.Ordinal);
        var looks = setting
            .Methods.Select(m => m.Key)
            .Where(drawn.Contains)
            .Select((key, look) => (key, look))
            .ToDictionary(m => m.key, m => m.look, StringComparer.Ordinal);
        return new DrawnCells(
            [.. cells.Where(c => looks.ContainsKey(c.Column)).Select(c => (c, looks[c.Column]))],
            drawn.Count == ranked.Length
                ? ""
                : FormattableString.Invariant($"The first {drawn.Count} of {ranked.Length} methods {order}; the tables have all.")
        );
    }
}
