using System.Globalization;
using Sat.Records.Metrics;

namespace Sat.Evaluations.Selective;

/// <summary>Names and titles of what is measured.</summary>
static class SelectiveMetrics
{
    /// <summary>The coverages of the published evaluation, in percent.</summary>
    public static readonly IReadOnlyList<double> PublishedCoverages = [100, 99, 98, 97, 95, 90, 85, 80, 75, 70, 60, 50, 40, 30, 20, 10];

    /// <summary>The coverage whose error a run is judged by, in percent.</summary>
    const double MainCoverage = 90;

    const string Curve = "error among the covered samples";

    const string Axis = "coverage (%)";

    public const string Area = "aurc";

    public const string ExcessArea = "e-aurc";

    public const string CoverageAtError = "coverage-at-error";

    /// <summary>What is declared: all of it at the published coverages.</summary>
    public static IReadOnlyList<MetricSchema> Declared =>
        [
            .. PublishedCoverages.SelectMany(c =>
                new[]
                {
                    Error(ErrorAt(c), $"error at {Text(c)} % coverage") with
                    {
                        IsMain = c == MainCoverage,
                        Point = new(Curve, c, Axis),
                    },
                    // Published values were found by this search, on this part of the test set.
                    Error(PublishedErrorAt(c), $"error at {Text(c)} % coverage, by the published search") with
                    {
                        Published = "selective-error",
                        When = new Dictionary<string, string> { ["coverage"] = Text(c), ["evaluation-set"] = "part-of-test" },
                        Point = new($"{Curve}, by the published search on its part of the test set", c, Axis),
                    },
                    Error(HeldOutErrorAt(c), $"error at {Text(c)} % coverage, threshold from held-out samples") with
                    {
                        Point = new($"{Curve}, by thresholds from held-out samples", c, Axis),
                    },
                }
            ),
            new()
            {
                Name = Area,
                Title = "area under the risk-coverage curve (AURC), times 1000",
                Better = MetricDirection.Lower,
            },
            new()
            {
                Name = ExcessArea,
                Title = "excess area under the risk-coverage curve (E-AURC), times 1000",
                Better = MetricDirection.Lower,
            },
            new()
            {
                Name = CoverageAtError,
                Title = "coverage at the wanted error",
                Unit = MetricUnit.Share,
                Better = MetricDirection.Higher,
                When = new Dictionary<string, string> { ["error"] = "{target-error}" },
            },
        ];

    /// <summary>By the exact order statistic, on all test samples.</summary>
    public static string ErrorAt(double coverage) => $"selective-error-{Text(coverage).Replace('.', '-')}";

    /// <summary>By the published code's search, on its test part.</summary>
    public static string PublishedErrorAt(double coverage) => ErrorAt(coverage) + "-published";

    /// <summary>With a threshold from the validation part, on the test part.</summary>
    public static string HeldOutErrorAt(double coverage) => ErrorAt(coverage) + "-held-out";

    static MetricSchema Error(string name, string title) =>
        new()
        {
            Name = name,
            Title = title,
            Unit = MetricUnit.Share,
            Better = MetricDirection.Lower,
        };

    static string Text(double coverage) => coverage.ToString("0.########", CultureInfo.InvariantCulture);
}
