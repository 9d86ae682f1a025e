using System.Globalization;
using System.Text;
using System.Text.Json;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Reports.Results;

namespace Sat.Publishing.Descriptions;

/// <summary>What the nets of one method are, in the form of Mitchell et al., "Model Cards for Model Reporting" (2019): Markdown under a
/// header of YAML that model hubs read.</summary>
internal static class ModelCard
{
    private const string Folder = "cards/";

    /// <summary>Name within the bundle, and text, of the card of each method with a finished run.</summary>
    /// <param name="facts">Who made what when.</param>
    /// <param name="document">The results.</param>
    /// <param name="records">Records of runs.</param>
    public static IEnumerable<(string Name, string Text)> Of(
        BundleFacts facts,
        ResultsDocument document,
        IReadOnlyList<RunRecord> records
    ) =>
        records
            .Where(r => r.Status == RunStatus.Done && r.Spec.Parent is null)
            .GroupBy(r => r.Spec.Method.Id)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => ($"{Folder}{g.Key}.md", Of(g.Key, facts, document, [.. g])));

    private static string Of(string method, BundleFacts facts, ResultsDocument document, IReadOnlyList<RunRecord> runs)
    {
        var publication = facts.Publication;
        CellResult[] cells = [.. document.Cells.Where(c => c.Done > 0 && c.Spec.Parent is null && c.Spec.Method.Id == method)];
        MetricSchema[] metrics =
        [
            .. document.Metrics.Where(m => m.Name == MetricNames.TestAccuracy && cells.Any(c => c.Final.ContainsKey(m.Name))),
        ];
        var text = new StringBuilder("---\n");
        text.Append("license: ").Append(Quoted(publication.Licence.ToLowerInvariant())).Append('\n');
        Names("datasets", runs.Select(r => r.Spec.Dataset.Id));
        Names("metrics", metrics.Select(m => m.Name == MetricNames.TestAccuracy ? "accuracy" : m.Name));
        Names("tags", ["image-classification", method]);
        text.Append("---\n\n# ").Append(MarkdownText.Line(publication.Title)).Append(": `").Append(method).Append("`\n\n");
        text.Append(CultureInfo.InvariantCulture, $"By {MarkdownText.Line(string.Join(", ", publication.Authors.Select(a => a.Name)))}. ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Count.Of(runs.Count, "net")} trained by dotnet sat {facts.Tool}; all options are in `plan.json`.\n"
        );

        Heading("Model details");
        foreach (var options in runs.Select(r => CanonicalJson.Write(r.Spec.Method.Options)).Distinct().Order(StringComparer.Ordinal))
            Item($"Method `{method}` with options `{options}`.");
        foreach (var net in runs.Select(r => (r.Spec.Model.Id, Options: CanonicalJson.Write(r.Spec.Model.Options))).Distinct().Order())
            Item($"Net `{net.Id}` with options `{net.Options}`.");

        Heading("Intended use");
        text.Append(OpenQuestion.Use.Line(publication)).Append('\n');

        Heading("Training and evaluation data");
        foreach (var data in runs.Select(r => (r.Spec.Dataset.Id, Noise: r.Spec.Noise.Id, r.Data?.Train, r.Data?.Test)).Distinct().Order())
            Item($"`{data.Id}` with noise `{data.Noise}`: {Known(data.Train)} images to train on, {Known(data.Test)} to test on.");
        text.Append(OpenQuestion.Data.Line(publication)).Append('\n');

        Heading("Results");
        if (metrics.Length == 0)
            text.Append("These runs report no test accuracy; their metrics are in `results.json`.\n");
        else
        {
            text.Append("Test accuracy at the last epoch: mean and standard deviation over the seeds, in percent.\n\n");
            text.Append("| setting | noise | method | seeds | accuracy |\n| --- | --- | --- | ---: | ---: |\n");
            foreach (var cell in cells)
            {
                var title = document.Settings.First(s => s.Id == cell.Setting).Title;
                var value = cell.Final.TryGetValue(MetricNames.TestAccuracy, out var statistic)
                    ? Percent(statistic.Mean) + (statistic.Deviation is { } deviation ? $" ± {Percent(deviation)}" : "")
                    : "not reported";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {MarkdownText.Line(title)} | {MarkdownText.Line(cell.Noise)} | {MarkdownText.Line(cell.Method)} | {cell.Done} | {value} |\n"
                );
            }
        }

        Heading("Limits");
        text.Append(OpenQuestion.Limits.Line(publication)).Append('\n');
        text.Append(OpenQuestion.Harm.Line(publication)).Append('\n');

        Heading("Environmental impact");
        Item($"Training: {(runs.Sum(r => r.Seconds ?? 0) / 3600).ToString("G3", CultureInfo.InvariantCulture)} hours.");
        foreach (
            var place in runs.Select(r => r.Environment)
                .OfType<RunEnvironment>()
                .Select(e => e.Gpu ?? e.Cpu ?? e.Device)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
            Item($"Hardware: {MarkdownText.Line(place)}.");
        double[] energy = [.. runs.Select(r => r.EnergyJoules).OfType<double>()];
        Item(
            energy.Length == 0
                ? "Energy was not measured."
                : $"Energy: {(energy.Sum() / 3.6e6).ToString("0.####", CultureInfo.InvariantCulture)} kWh, measured for {energy.Length} of {Count.Of(runs.Count, "run")}."
        );
        return text.ToString();

        void Heading(string title) => text.Append("\n## ").Append(title).Append("\n\n");
        void Item(string sentence) => text.Append("- ").Append(sentence).Append('\n');
        void Names(string key, IEnumerable<string> names)
        {
            string[] distinct = [.. names.Distinct().Order(StringComparer.Ordinal)];
            if (distinct.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"{key}: [{string.Join(", ", distinct.Select(Quoted))}]\n");
        }
    }

    private static string Known(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of";

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => JsonSerializer.Serialize(text, JsonText.Options);
}
