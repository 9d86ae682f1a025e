using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Files;

namespace Sat.Study.Testing;

/// <summary>Reads what the report of a study says: whether its runs are done, its expectations, its comparisons with published
/// values.</summary>
internal static class StudyVerdicts
{
    private const string Sweep = "'dotnet build -t:Sweep' makes them.";

    /// <summary>The verdicts of a study.</summary>
    /// <param name="lockFile">The file that locks its plan.</param>
    /// <param name="output">The folder that holds its output folder.</param>
    public static IReadOnlyList<StudyVerdict> Read(string lockFile, string output)
    {
        string name;
        string[] planned;
        try
        {
            var locked = Parse(lockFile) ?? throw new JsonException("it is missing");
            name = locked.Of("name").GetValue<string>();
            planned = [.. locked.Of("runs").AsArray().Select(r => r!.GetValue<string>())];
        }
        catch (Exception e) when (IsDamage(e))
        {
            var file = Path.GetFileName(lockFile);
            return
            [
                new(
                    file,
                    $"{file}: plan",
                    VerdictOutcome.Fails,
                    $"{lockFile} locks no plan ({e.Message}): 'dotnet build' writes it again."
                ),
            ];
        }
        var plan = new StudyVerdict(
            $"{name}/plan",
            $"{name}: plan",
            VerdictOutcome.Holds,
            $"The study is valid, and its plan of {Count.Of(planned.Length, "run")} is locked."
        );
        var report = Path.Combine(output, name, "results.json");
        try
        {
            return [plan, .. Parse(report) is { } results ? OfResults(name, planned, results) : [Missing(name, planned.Length)]];
        }
        catch (Exception e) when (IsDamage(e))
        {
            return
            [
                plan,
                new(
                    $"{name}/runs",
                    $"{name}: runs",
                    VerdictOutcome.Fails,
                    $"{report} is damaged ({e.Message}): 'dotnet build -t:Sweep' writes it again."
                ),
            ];
        }
    }

    private static StudyVerdict Missing(string name, int runs) =>
        new($"{name}/runs", $"{name}: runs", VerdictOutcome.Open, $"None of its {Count.Of(runs, "run")} is reported yet: {Sweep}");

    private static IEnumerable<StudyVerdict> OfResults(string name, IReadOnlyCollection<string> planned, JsonNode results)
    {
        var cells = results
            .Of("runs")
            .AsArray()
            .ToDictionary(r => r!.Of("id").GetValue<string>(), r => r!.Of("cell").GetValue<string>(), StringComparer.Ordinal);
        var strangers = planned.Count(p => !cells.ContainsKey(p));
        // More seeds of what is locked are no other plan: 'sweep --until-decided' adds them.
        var locked = planned.Select(p => cells.GetValueOrDefault(p)).ToHashSet();
        if (strangers > 0 || cells.Values.Any(c => !locked.Contains(c)))
        {
            // Its verdicts are on another plan.
            yield return new(
                $"{name}/runs",
                $"{name}: runs",
                VerdictOutcome.Open,
                $"The report is on another plan than the locked one, with {strangers} of its {Count.Of(planned.Count, "run")} missing: {Sweep}"
            );
            yield break;
        }
        yield return Runs(name, results.Of("coverage"));
        var number = 0;
        foreach (var expectation in results.Of("expectations").AsArray())
        {
            number++;
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"{name}/expectation/{number}"),
                $"{name}: {expectation!.Of("claim").GetValue<string>()}",
                expectation.Of("status").GetValue<string>() switch
                {
                    "met" => VerdictOutcome.Holds,
                    "not-met" or "no-such-metric" => VerdictOutcome.Fails,
                    _ => VerdictOutcome.Open,
                },
                Sentence(expectation)
            );
        }
        foreach (var verdict in results.Of("cells").AsArray().SelectMany(c => Comparisons(name, c!)))
            yield return verdict;
    }

    private static StudyVerdict Runs(string name, JsonNode coverage)
    {
        int Number(string key) => coverage[key]?.GetValue<int>() ?? 0;
        var (planned, done, broken) = (Number("planned"), Number("done"), Number("failed") + Number("diverged") + Number("damaged"));
        return new(
            $"{name}/runs",
            $"{name}: runs",
            done == planned ? VerdictOutcome.Holds
                : broken > 0 ? VerdictOutcome.Fails
                : VerdictOutcome.Open,
            done == planned ? $"{done} of {Count.Of(planned, "run")} done."
                : broken > 0 ? $"{done} of {Count.Of(planned, "run")} done; {broken} failed, diverged or damaged. The report says why."
                : $"{done} of {Count.Of(planned, "run")} done; the others are missing: {Sweep}"
        );
    }

    /// <summary>An expectation's status, and what it rests on: leads where it is judged by them, else its seeds.</summary>
    private static string Sentence(JsonNode? expectation)
    {
        var reasons = expectation?["leads"] is JsonArray { Count: > 0 } leads ? leads : expectation.Of("seeds").AsArray();
        return string.Join(
            "; ",
            [expectation.Of("status").GetValue<string>().Replace('-', ' '), .. reasons.Select(r => r!.Of("sentence").GetValue<string>())]
        );
    }

    private static IEnumerable<StudyVerdict> Comparisons(string name, JsonNode cell)
    {
        var number = 0;
        foreach (var comparison in cell.Of("comparisons").AsArray())
        {
            number++;
            var published = comparison.Of("published").GetValue<double>();
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"{name}/comparison/{cell["id"]}/{number}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {cell["method"]}, {cell["noise"]}: published {comparison.Of("metric")} {100 * published:0.##} % ({comparison.Of("source")})"
                ),
                comparison.Of("judgement").GetValue<string>() switch
                {
                    "equivalent" or "direction-agrees" => VerdictOutcome.Holds,
                    "different" or "direction-differs" => VerdictOutcome.Fails,
                    _ => VerdictOutcome.Open,
                },
                comparison.Of("sentence").GetValue<string>()
            );
        }
    }

    private static bool IsDamage(Exception e) => e is JsonException or InvalidOperationException or FormatException or SatException;

    /// <summary>A value that a file of the tool has.</summary>
    /// <exception cref="JsonException">It has not.</exception>
    private static JsonNode Of(this JsonNode? node, string name) => node?[name] ?? throw new JsonException($"it has no '{name}'");

    /// <summary>A file of the tool; null: there is none.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    private static JsonNode? Parse(string path) => File.Exists(path) ? JsonNode.Parse(RegularFile.ReadAllBytes(path)) : null;
}
