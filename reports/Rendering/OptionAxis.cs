using System.Globalization;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>A numeric setting along which a study has several values.</summary>
/// <param name="Path">As studies write it: <c>model.width</c>.</param>
/// <param name="Lines">Cells that differ by it alone.</param>
internal sealed record OptionAxis(string Path, IReadOnlyList<OptionLine> Lines)
{
    /// <summary>Fewer values than this make a table rather than a curve.</summary>
    private const int FewestValues = 3;

    /// <summary>How much noise there is has charts of its own, on the scale of what it did to the labels.</summary>
    private static readonly string Noise = $"{SpecSlots.Noise.Name}.";

    /// <summary>The axes of some cells with a line of three values or more.</summary>
    public static IReadOnlyList<OptionAxis> Find(IReadOnlyList<(CellResult Cell, IReadOnlyDictionary<string, string> Settings)> cells) =>
        [
            .. Varying(cells.Select(c => c.Settings))
                .Where(path => !path.StartsWith(Noise, StringComparison.Ordinal))
                .Select(path => new OptionAxis(path, [.. Along(path, cells)]))
                .Where(axis => axis.Lines.Any(l => l.Cells.Count >= FewestValues)),
        ];

    /// <summary>The epoch whose weights an evaluation measures.</summary>
    public const string EpochPath = "evaluate-on.epoch";

    /// <summary>The settings of a cell that a chart may be drawn against or told apart by.</summary>
    public static IReadOnlyDictionary<string, string> Settings(CellResult cell)
    {
        var settings = SpecPath
            .All(cell.Spec with { Seed = 0 })
            .Where(s => !SpecPath.IsOfFiles(s.Key))
            .ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        // An evaluation that names no epoch measures the last.
        if (cell.Spec.Evaluation is not null)
            settings.TryAdd(EpochPath, cell.Spec.Training.Epochs.ToString(CultureInfo.InvariantCulture));
        return settings;
    }

    /// <summary>The paths that have several values, or that some lack.</summary>
    public static IEnumerable<string> Varying(IEnumerable<IReadOnlyDictionary<string, string>> settings)
    {
        var all = settings.ToArray();
        return all.SelectMany(s => s.Keys)
            .Distinct()
            .Where(path => all.Select(s => s.GetValueOrDefault(path)).Distinct().Skip(1).Any())
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    private static IEnumerable<OptionLine> Along(
        string path,
        IReadOnlyList<(CellResult Cell, IReadOnlyDictionary<string, string> Settings)> cells
    ) =>
        from cell in cells
        let number = cell.Settings.TryGetValue(path, out var text) ? SettingMatch.Number(text) : null
        where number is not null
        let rest = cell.Settings.Where(s => s.Key != path).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal)
        group (number.Value, cell.Cell, rest) by string.Join('\n', rest) into alike
        where alike.Skip(1).Any()
        select new OptionLine(alike.First().rest, [.. alike.Select(a => (a.Value, a.Cell)).OrderBy(a => a.Value)]);
}
