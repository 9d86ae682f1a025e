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
            Checks =
            [
                new(
                    "no image withstands an attack that may change every pixel at will",
                    "the attack does not find what is there to be found, so that the other robust accuracies are too high as well",
                    Negligible,
                    "radius",
                    LargeRadius
                )
                {
                    With = new Dictionary<string, string> { ["norm"] = "linf" },
                },
                new("a larger radius does not help the defender", "the attack gets stuck where it has more room", Negligible, "radius"),
                new("more steps do not help the defender", "the attack's steps do not lead where the loss is higher", Negligible, "steps"),
                new("more restarts do not help the defender", "the attack depends on chance", 0, "restarts"),
            ],
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
            Checks =
            [
                new(
                    "the black-box attack breaks hardly any image that the white-box attacks left",
                    "the gradient misleads the white-box attacks (gradient masking)",
                    Negligible
                ),
            ],
        },
    ];

    /// <summary>The metric that an attack of the cascade leaves.</summary>
    public static string After(string attack) => "autoattack-after-" + attack;

    const string Robust = "robust-accuracy";

    /// <summary>A share of images that chance explains: one point.</summary>
    const double Negligible = 0.01;

    /// <summary>From which every pixel can become mid-grey, in the largest-change norm: all images can be made one.</summary>
    const double LargeRadius = 0.5;

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
            Checks =
            [
                new(
                    "hardly any image is without a gradient",
                    "white-box attacks have nothing to follow there, so that robust accuracies are too high (gradient masking)",
                    Negligible
                ),
            ],
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
