using Sat.Records.Metrics;

namespace Sat.Evaluations.Robustness;

/// <summary>What the evaluations report.</summary>
static class RobustnessMetrics
{
    public const string Pgd = "robust-accuracy";
    public const string AutoAttack = "autoattack-accuracy";
    public const string Natural = "natural-accuracy";
    public const string WithoutGradient = "zero-gradients";
    public const string BlackBoxOnly = "black-box-only";

    /// <summary>Of PGD.</summary>
    public static IReadOnlyList<MetricSchema> OfPgd { get; } =
    [
        Accuracy(Pgd, "robust accuracy (PGD)") with
        {
            IsMain = true,
            Published = Robust,
            When = Under("pgd-{steps}"),
            PublishedWith = new Dictionary<string, string> { ["samples"] = "0" },
        },
        NaturalAccuracy,
        ZeroGradients,
    ];

    /// <summary>Of AutoAttack.</summary>
    public static IReadOnlyList<MetricSchema> OfAutoAttack { get; } =
    [
        Accuracy(AutoAttack, "robust accuracy (AutoAttack)") with
        {
            IsMain = true,
            Published = Robust,
            When = Under("autoattack"),
            PublishedWith = new Dictionary<string, string>
            {
                ["samples"] = "0",
                ["iterations"] = "100",
                ["queries"] = "5000",
                ["targets"] = "9",
            },
        },
        NaturalAccuracy,
        Accuracy(After("apgd-ce"), "robust accuracy after APGD-CE"),
        Accuracy(After("apgd-t"), "robust accuracy after APGD-T"),
        Accuracy(After("fab-t"), "robust accuracy after FAB-T"),
        ZeroGradients,
        new()
        {
            Name = BlackBoxOnly,
            Title = "images that only the black-box attack broke",
            Unit = MetricUnit.Share,
            Better = MetricDirection.Lower,
        },
    ];

    /// <summary>The metric that an attack of the cascade leaves.</summary>
    public static string After(string attack) => "autoattack-after-" + attack;

    const string Robust = "robust-accuracy";

    static MetricSchema NaturalAccuracy =>
        Accuracy(Natural, "natural accuracy") with
        {
            When = new Dictionary<string, string> { ["attack"] = "none" },
        };

    static MetricSchema ZeroGradients =>
        new()
        {
            Name = WithoutGradient,
            Title = "images without a gradient, which no white-box attack can follow",
            Unit = MetricUnit.Share,
            Better = MetricDirection.Lower,
        };

    static Dictionary<string, string> Under(string attack) =>
        new()
        {
            ["attack"] = attack,
            ["norm"] = "{norm}",
            ["epsilon"] = "{radius}",
        };

    static MetricSchema Accuracy(string name, string title) =>
        new()
        {
            Name = name,
            Title = title,
            Unit = MetricUnit.Share,
            Better = MetricDirection.Higher,
        };
}
