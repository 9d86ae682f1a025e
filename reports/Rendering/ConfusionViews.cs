using System.Globalization;
using System.Text;
using Sat.Records;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>Confusion matrices: whole for few classes, the worst pairs for many.</summary>
internal static class ConfusionViews
{
    private const int MostClasses = 20;
    private const int MostPairs = 15;

    /// <summary>True and predicted classes of the test set.</summary>
    public static ConfusionView Test(CellResult cell) =>
        From(
            cell,
            cell.Confusion!,
            $"Rows are {(cell.TrueLabels == false ? "classes as given" : "true classes")}, columns predicted ones",
            "taken for"
        );

    /// <summary>Given classes, and those that the soft targets propose.</summary>
    public static ConfusionView Corrections(CellResult cell) =>
        From(cell, cell.Corrections!, "Rows are given labels, columns those that the soft targets propose at the end", "changed to");

    private static ConfusionView From(CellResult cell, IReadOnlyList<IReadOnlyList<double>> matrix, string axes, string verb)
    {
        var names = Enumerable
            .Range(0, matrix.Count)
            .Select(i => cell.Classes is { } classes && i < classes.Count ? classes[i] : FormattableString.Invariant($"class {i}"))
            .ToArray();
        var shares = matrix.Select(Shares).ToArray();
        var worst =
            from i in Enumerable.Range(0, names.Length)
            from j in Enumerable.Range(0, names.Length)
            where i != j && shares[i][j] > 0
            orderby shares[i][j] descending
            select $"{Format.Percent(shares[i][j])} of {names[i]} {verb} {names[j]}";
        var whole = names.Length <= MostClasses;
        return new ConfusionView(
            $"{cell.Method} {NoiseWords.Under(cell.Noise)}",
            $"{axes}; percent of each row, mean over {Count.Of(cell.Done, "seed")}.",
            names,
            whole ? [.. shares.Select((row, i) => new ConfusionRowView(names[i], Row(row)))] : [],
            [.. worst.Take(whole ? 3 : MostPairs)]
        );
    }

    private static double[] Shares(IReadOnlyList<double> row)
    {
        var sum = row.Sum();
        return [.. row.Select(v => sum > 0 ? v / sum : 0)];
    }

    private static Html Row(double[] shares)
    {
        var cells = new StringBuilder();
        foreach (var share in shares)
        {
            var percent = (int)Math.Round(100 * share);
            var style = percent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" style=\"--v:{percent}\"");
            cells.Append(CultureInfo.InvariantCulture, $"<td{style}>{percent}</td>");
        }
        return new Html(cells.ToString());
    }
}
