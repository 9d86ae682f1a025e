using System.Globalization;
using Sat.Datasets.Cifar.Corrupted;
using Sat.Records.Metrics;

namespace Sat.Evaluations.Robustness.Corruptions;

/// <summary>What is reported of test images under corruptions.</summary>
static class CorruptionsMetrics
{
    /// <summary>The benchmark's severities go from 1 to this.</summary>
    private const int Severities = 5;

    public const string MeanError = "mean-corruption-error";

    public static IReadOnlyList<MetricSchema> Declared { get; } =
    [
        new()
        {
            Name = MeanError,
            Title = "mean error over all corruptions and severities (mCE, not normalised)",
            Unit = MetricUnit.Share,
            Better = MetricDirection.Lower,
            IsMain = true,
        },
        .. Enumerable
            .Range(1, Severities)
            .Select(severity =>
                Accuracy(
                    AtSeverity(severity),
                    string.Create(CultureInfo.InvariantCulture, $"accuracy under corruptions of severity {severity}")
                ) with
                {
                    Published = "test-accuracy",
                    When = new Dictionary<string, string> { ["corruption-level"] = severity.ToString(CultureInfo.InvariantCulture) },
                    PublishedWith = new Dictionary<string, string> { ["samples"] = "0" },
                    Point = new("accuracy under corruptions", severity, "severity"),
                }
            ),
        .. CorruptionNames
            .Common.Concat(CorruptionNames.Extra)
            .Select(CorruptionNames.InWords)
            .Select(name => Accuracy(Under(name), $"accuracy under {name.Replace('-', ' ')}")),
    ];

    /// <summary>The mean over the corruptions of a severity.</summary>
    public static string AtSeverity(int severity) => string.Create(CultureInfo.InvariantCulture, $"corruption-accuracy-{severity}");

    /// <summary>The mean over the severities of a corruption.</summary>
    public static string Under(string corruption) => "accuracy-under-" + corruption;

    private static MetricSchema Accuracy(string name, string title) =>
        new()
        {
            Name = name,
            Title = title,
            Unit = MetricUnit.Share,
            Better = MetricDirection.Higher,
        };
}
