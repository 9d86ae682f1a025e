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
        },
        NaturalAccuracy,
        ZeroGradients,
    ];

    const string Robust = "robust-accuracy";

    static MetricSchema NaturalAccuracy => Accuracy(Natural, "natural accuracy");

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
