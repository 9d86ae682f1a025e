using System.Globalization;
using System.Text;
using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Publishing.Descriptions;

/// <summary>What readers of results ask, answered from the records as far as these go: a list in Markdown, whose open boxes are for a
/// person.</summary>
internal static class Checklist
{
    public const string FileName = "CHECKLIST.md";

    /// <param name="publication">What its authors say.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="records">Records of its runs.</param>
    public static string Of(Publication publication, Plan plan, IReadOnlyList<RunRecord> records)
    {
        var text = new StringBuilder(
            "# Reproducibility checklist\n\nThe records or the authors answered what is ticked. Open questions are for the authors: under `answers` in the publication file.\n"
        );
        var done = records.Where(r => r.Status == RunStatus.Done).ToArray();

        Heading("Claims");
        Ask(OpenQuestion.Claims);
        Ask(OpenQuestion.Limits);
        Filled(
            $"The study states {Count.Of(plan.Expectations.Count, "expectation")} before its first run, and a margin of {Number(plan.Margin ?? Plan.DefaultMargin)} points."
        );

        Heading("Data");
        foreach (var data in done.GroupBy(r => r.Spec.Dataset.Id).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var sizes = data.Select(r => r.Data)
                .OfType<RunData>()
                .Select(d => $"{d.Train} to train on, {d.Validation} held out, {d.Test} to test on")
                .Distinct()
                .Order(StringComparer.Ordinal);
            Filled($"Dataset `{data.Key}`: {string.Join("; ", sizes.DefaultIfEmpty("sizes not recorded"))}. {Files(data.First())}");
        }
        Ask(OpenQuestion.Data);

        Heading("Methods and training");
        foreach (
            var kind in new[]
            {
                ("Methods", done.Select(r => r.Spec.Method.Id)),
                ("Nets", done.Select(r => r.Spec.Model.Id)),
                ("Noises", done.Select(r => r.Spec.Noise.Id)),
            }
        )
            Filled(
                $"{kind.Item1}: {string.Join(", ", kind.Item2.Distinct().Order(StringComparer.Ordinal).Select(i => $"`{i}`").DefaultIfEmpty("none finished"))}."
            );
        Filled($"All options of all runs are in `{Plan.FileName}`, with the study file.");
        Ask(OpenQuestion.Tuning);

        Heading("Results");
        Filled($"{done.Length} of {Count.Of(plan.Runs.Count, "run")} {Count.Word(plan.Runs.Count, "is", "are")} done{Others(records)}.");
        Filled(
            $"Seeds: {string.Join(", ", done.Select(r => r.Spec.Seed).Distinct().Order().Select(s => s.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("none"))}. Intervals over them are in the report."
        );
        Filled("Results are those of the last epoch, unless the method states another; none was chosen by the test set.");

        Heading("Computation");
        foreach (
            var place in done.Select(r => r.Environment)
                .OfType<RunEnvironment>()
                .Select(e =>
                    $"{e.Gpu ?? e.Cpu ?? e.Device}, {e.Os}, .NET {e.DotNet.Replace(".NET ", "", StringComparison.Ordinal)}, TorchSharp {e.TorchSharp}, tool {e.Tool}"
                )
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
            Filled(place + ".");
        Filled($"{(records.Sum(r => r.Seconds ?? 0) / 3600).ToString("G3", CultureInfo.InvariantCulture)} hours of runs in all.");

        Heading("Consequences");
        Ask(OpenQuestion.Harm);
        return text.ToString();

        void Heading(string title) => text.Append("\n## ").Append(title).Append("\n\n");
        void Filled(string sentence) => text.Append("- [x] ").Append(sentence).Append('\n');
        void Ask(OpenQuestion question) => text.Append(question.Line(publication)).Append('\n');
    }

    private static string Files(RunRecord record) =>
        record.Spec.Dataset.Files is { Count: > 0 } files
            ? $"Its {Count.Of(files.Count, "file")} {Count.Word(files.Count, "is", "are")} named with SHA-256 in the records."
        : record.Spec.Dataset.FileLists is { Count: > 0 } ? "The SHA-256 of the list of its files is in the records."
        : "It is drawn by the tool and has no files.";

    private static string Others(IReadOnlyList<RunRecord> records)
    {
        var others = records.Where(r => r.Status != RunStatus.Done).GroupBy(r => r.Status).OrderBy(g => g.Key);
        return string.Concat(others.Select(g => $"; {g.Count()} {g.Key.ToString().ToLowerInvariant()}"));
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
