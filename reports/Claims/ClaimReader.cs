using System.Security.Cryptography;
using System.Text;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Claims;

/// <summary>What a results document says on which claim.</summary>
public static class ClaimReader
{
    private const int IdLength = 12;

    /// <summary>The claims: published values with a measured one beside them, then the study's expectations.</summary>
    /// <param name="bundle">The bundle's name.</param>
    /// <param name="results">Its results.</param>
    public static IReadOnlyList<Claim> Of(string bundle, ResultsDocument results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. Published(bundle, results), .. Expected(bundle, results)];
    }

    private static IEnumerable<Claim> Published(string bundle, ResultsDocument results) =>
        from cell in results.Cells
        from comparison in cell.Comparisons
        where comparison.Measured is not null
        let source = results.Sources.FirstOrDefault(s => s.Baselines == comparison.Baselines && s.Source.Key == comparison.Source)?.Source
        let when = comparison.When is null ? "" : string.Concat(comparison.When.Select(w => $", {w.Key} {w.Value}"))
        select new Claim
        {
            Id = Id(bundle, cell.Id, comparison.Baselines, comparison.Source, comparison.Method, comparison.Metric, when),
            Bundle = bundle,
            Source = source?.Title ?? comparison.Source,
            Where = source?.Where,
            Title = $"{comparison.Method}, {cell.Noise}{when}",
            Setting = results.Settings.First(s => s.Id == cell.Setting).Title,
            Metric = comparison.Metric,
            Published = comparison.Published,
            Measured = comparison.Measured,
            Verdict = Words.Key(comparison.Judgement),
            Sentence = comparison.Sentence,
            Runs = cell.Runs,
        };

    private static IEnumerable<Claim> Expected(string bundle, ResultsDocument results) =>
        results.Expectations.Select(e => new Claim
        {
            Id = Id(bundle, e.Claim),
            Bundle = bundle,
            Title = e.Claim,
            Metric = e.Expectation.Metric,
            Verdict = Words.Key(e.Status),
            Sentence = Words.For(e.Status),
            Runs = [.. e.Seeds.Select(s => s.Run).Distinct()],
        });

    private static string Id(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..IdLength];
}
