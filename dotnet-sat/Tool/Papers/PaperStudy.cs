using System.Reflection;
using Sat.Records.Json;

namespace Sat.Tool.Papers;

/// <summary>A table or figure of the papers, as studies that the tool carries: one by the published protocol, one for two CPU
/// cores.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Shows">The table or figure, and where its published values were read.</param>
/// <param name="Claim">What it is to show.</param>
internal sealed record PaperStudy(string Name, string Shows, string Claim)
{
    /// <summary>All of them, in the order of the papers.</summary>
    public static IReadOnlyList<PaperStudy> All { get; } =
    [
        new("label-noise", "tables of accuracy under label noise", "SAT stays above ERM at every rate of wrong labels"),
        new(
            "noise-kinds",
            "accuracy curves under four kinds of corruption",
            "ERM fits what is corrupted and falls on clean images; SAT does not"
        ),
        new(
            "label-noise-imagenet",
            "table of accuracy on ImageNet with ResNet-50",
            "SAT stays above ERM, most of all with 40 % of the labels redrawn"
        ),
        new("sensitivity", "accuracy against start epoch and momentum", "SAT depends little on either setting"),
        new(
            "peers",
            "other methods for wrong labels beside SAT, trained alike",
            "SAT and the robust losses stay above ERM at every rate of wrong labels"
        ),
        new(
            "selective-classification",
            "table of errors at each coverage",
            "SAT has the lowest error among the samples that a classifier does not abstain from"
        ),
        new(
            "adversarial",
            "robust accuracy by epoch, and under AutoAttack",
            "TRADES falls after the rate's first decay; TRADES with SAT holds"
        ),
        new("double-descent-width", "test error against width", "ERM peaks at the interpolation threshold; SAT does not"),
        new("double-descent-epoch", "test error against epochs", "ERM's error falls, rises and falls again; SAT's falls once"),
        new(
            "linear-evaluation",
            "linear evaluation of self-supervised representations",
            "self-adaptive targets learn representations as BYOL's bootstrapped ones do"
        ),
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, PaperCost>> Costs = new(() =>
        SatJson.Read<Dictionary<string, PaperCost>>(Embedded("paper-costs.json"))
    );

    /// <summary>What it costs.</summary>
    public PaperCost Cost => Costs.Value[Name];

    /// <summary>The study of a scale, as YAML.</summary>
    public string Text(PaperScale scale) => Embedded(Resource(scale));

    private static string Embedded(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>What the study is named, and so the folder of its runs.</summary>
    public string StudyName(PaperScale scale) => $"paper-{Name}{(scale == PaperScale.Small ? "-small" : "")}";

    /// <summary>The file that it came from, as messages name it.</summary>
    public string Resource(PaperScale scale) => $"{Name}.{scale.ToString().ToLowerInvariant()}.yaml";
}
