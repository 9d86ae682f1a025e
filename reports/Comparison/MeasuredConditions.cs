using System.Globalization;
using System.Text.RegularExpressions;
using Sat.Records.Metrics;
using Sat.Records.Specs;
using Sat.Reports.Published;

namespace Sat.Reports.Comparison;

/// <summary>Under which conditions a metric of an evaluation was measured, as published values name both.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Published">What published values call it.</param>
/// <param name="When">Condition to value, such as <c>attack: pgd-20</c>.</param>
internal sealed partial record MeasuredConditions(string Metric, string Published, IReadOnlyDictionary<string, string> When)
{
    /// <summary>The condition that is a field of the protocol: which images were measured, where it is not the whole test set.</summary>
    private const string EvaluationSetKey = "evaluation-set";

    /// <summary>The condition that names the epoch, counted from 1.</summary>
    public const string EpochKey = "epoch";

    /// <summary>False where the weights of an earlier epoch than the last were measured.</summary>
    public bool IsOfLastEpoch { get; init; } = true;

    /// <summary>Options of the evaluation that are others than those which published values stand for.</summary>
    public IReadOnlyList<FieldComparison> Different { get; init; } = [];

    /// <summary>Which images were measured; null: those that the protocol says.</summary>
    public string? EvaluationSet => When.GetValueOrDefault(EvaluationSetKey);

    /// <summary>Those of an evaluation's metrics, as its plugin declares them; the epoch whose weights it measured is one of
    /// them.</summary>
    /// <param name="spec">The evaluation.</param>
    /// <param name="metrics">Its metrics.</param>
    /// <param name="catalog">What is known of metrics.</param>
    public static IReadOnlyList<MeasuredConditions> For(RunSpec spec, IEnumerable<string> metrics, MetricCatalog catalog)
    {
        if (spec.Evaluation is not { } evaluation)
            return [];
        var epoch = (spec.EvaluateOn?.Epoch ?? spec.Training.Epochs).ToString(CultureInfo.InvariantCulture);
        return
        [
            .. from name in metrics
            let schema = catalog[name]
            where schema.When is { Count: > 0 }
            select new MeasuredConditions(
                name,
                schema.Published ?? name,
                new Dictionary<string, string>(
                    schema.When!.Select(w =>
                        KeyValuePair.Create(
                            w.Key,
                            Placeholder().Replace(w.Value, m => evaluation.OptionText(m.Groups["option"].Value) ?? "")
                        )
                    )
                )
                {
                    [EpochKey] = epoch,
                }
            )
            {
                IsOfLastEpoch = spec.EvaluateOn?.Epoch is null,
                Different =
                [
                    .. from option in schema.PublishedWith ?? new Dictionary<string, string>()
                    let here = evaluation.OptionText(option.Key)
                    where here is null || !IsSame(option.Value, here)
                    select new FieldComparison($"evaluation.{option.Key}", FieldState.Different, option.Value, here),
                ],
            },
        ];
    }

    /// <summary>True where all that a published value says of its conditions holds here; one that names no epoch is about the
    /// last.</summary>
    public bool Satisfy(PublishedValue value) =>
        value.Metric == Published
        && (IsOfLastEpoch || value.When.ContainsKey(EpochKey))
        && value.When.All(w => When.TryGetValue(w.Key, out var here) && IsSame(w.Value, here));

    /// <summary>True for the same conditions.</summary>
    public static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(w => other.TryGetValue(w.Key, out var value) && IsSame(w.Value, value));

    /// <summary>Numbers are the same however they are written.</summary>
    private static bool IsSame(string one, string other) =>
        double.TryParse(one, CultureInfo.InvariantCulture, out var a) && double.TryParse(other, CultureInfo.InvariantCulture, out var b)
            ? Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b))
            : string.Equals(one, other, StringComparison.Ordinal);

    [GeneratedRegex(@"\{(?<option>[a-z0-9-]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
