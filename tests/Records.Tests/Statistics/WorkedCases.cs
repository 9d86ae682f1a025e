using System.Text.Json.Nodes;

namespace Sat.Records.Tests.Statistics;

/// <summary>
/// Worked numbers, made in float64 by Python 3.11 with scipy 1.10.1 and statsmodels 0.13.5 (<c>ttest_ind_from_stats</c>,
/// <c>CompareMeans.ttost_ind</c>, <c>ttost_paired</c>, <c>multipletests</c>), t quantiles polished by mpmath in 40 digits; powers by
/// quadrature there. Points of accuracy throughout.
/// </summary>
static class WorkedCases
{
    public static JsonArray Of(string file, string list = "cases") => JsonNode.Parse(Text(file))![list]!.AsArray();

    public static string Text(string file)
    {
        using var stream = typeof(WorkedCases).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static double Number(this JsonNode node, params string[] path) => path.Aggregate(node, (n, key) => n[key]!).GetValue<double>();

    public static double[] Numbers(this JsonNode node) => [.. node.AsArray().Select(n => n!.GetValue<double>())];

    /// <summary>Equal to 1e-7 of the value, or to 1e-12.</summary>
    public static void Close(double expected, double? actual, string what)
    {
        Assert.IsNotNull(actual, what);
        Assert.AreEqual(expected, actual.Value, Math.Max(1e-12, 1e-7 * Math.Abs(expected)), what);
    }
}
