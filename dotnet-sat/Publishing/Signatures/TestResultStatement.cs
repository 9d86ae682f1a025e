using System.Text;
using System.Text.Json.Nodes;
using Sat.Publishing.Bundles;
using Sat.Publishing.Descriptions;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Publishing.Signatures;

/// <summary>What is signed: an in-toto statement (https://in-toto.io/Statement/v1) with a test result
/// (https://in-toto.io/attestation/test-result/v0.1). Its subjects are the bundle and its finished runs; its tests are the study's
/// expectations and the comparisons with published values.</summary>
internal static class TestResultStatement
{
    private const string Statement = "https://in-toto.io/Statement/v1",
        TestResult = "https://in-toto.io/attestation/test-result/v0.1";

    /// <summary>The statement about a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static byte[] Of(string bundle)
    {
        using var zip = new CheckedZip(RegularFile.OpenRead(bundle, FileShare.Read));
        var results = SatJson.Read<ResultsDocument>(
            zip.ReadAllBytes(BundleNames.Results) ?? throw new InvalidDataException($"it has no {BundleNames.Results}")
        );
        var plan = zip.ReadAllBytes(Plan.FileName) ?? throw new InvalidDataException($"it has no {Plan.FileName}");
        (string Claim, Outcome Outcome)[] tests =
        [
            .. results.Expectations.Select(e => (e.Claim, Judged(e.Status))),
            .. from cell in results.Cells
            from comparison in cell.Comparisons
            let outcome = Judged(comparison.Judgement)
            where outcome is not null
            select (
                $"{comparison.Source}: {comparison.Method}, {comparison.Metric}, {cell.Noise} ({cell.Id[..RunFolder.NameLength]})",
                outcome.Value
            ),
        ];
        var statement = new JsonObject
        {
            ["_type"] = Statement,
            ["subject"] = new JsonArray([
                // By what it holds and not by its name, which may change.
                Digest("bundle", ChecksumList.PathFor(bundle)),
                .. results.Runs.Where(r => r.State == RunStanding.Done).Select(r => Digest($"run {r.Id[..RunFolder.NameLength]}", r.Id)),
            ]),
            ["predicateType"] = TestResult,
            ["predicate"] = new JsonObject
            {
                ["result"] =
                    tests.Any(t => t.Outcome == Outcome.Failed) ? "FAILED"
                    : tests.Any(t => t.Outcome == Outcome.Open) ? "WARNED"
                    : "PASSED",
                ["configuration"] = new JsonArray(
                    Digest(Plan.FileName, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(plan)))
                ),
                ["passedTests"] = Claims(Outcome.Passed),
                ["warnedTests"] = Claims(Outcome.Open),
                ["failedTests"] = Claims(Outcome.Failed),
            },
        };
        return Encoding.UTF8.GetBytes(statement.ToJsonString(JsonText.Options));

        JsonArray Claims(Outcome outcome) => new([.. tests.Where(t => t.Outcome == outcome).Select(t => (JsonNode)t.Claim)]);
    }

    private static Outcome Judged(ExpectationStatus status) =>
        status switch
        {
            ExpectationStatus.Met => Outcome.Passed,
            ExpectationStatus.NotMet or ExpectationStatus.NoSuchMetric => Outcome.Failed,
            _ => Outcome.Open,
        };

    private static Outcome? Judged(Judgement judgement) =>
        judgement switch
        {
            Judgement.Equivalent or Judgement.DirectionAgrees => Outcome.Passed,
            Judgement.Different or Judgement.DirectionDiffers => Outcome.Failed,
            Judgement.NotComparable => null,
            _ => Outcome.Open,
        };

    private static JsonObject Digest(string name, string sha256) =>
        new()
        {
            ["name"] = name,
            ["digest"] = new JsonObject { ["sha256"] = sha256 },
        };

    private enum Outcome
    {
        Passed,
        Open,
        Failed,
    }
}
