namespace Sat.Records.Metrics;

/// <summary>What should hold of a metric if it is to be believed. Reports check it, and name what violates it.</summary>
/// <param name="Claim">What holds, in words: <c>more steps do not help the defender</c>.</param>
/// <param name="Otherwise">What a violation suggests, in words that follow a colon.</param>
/// <param name="AtMost">
/// The highest value allowed; of a check <paramref name="Along"/> an option without <paramref name="From"/>, how much the metric may rise
/// from one value of the option to a greater one, all else being equal.
/// </param>
/// <param name="Along">The component's option that the check is about; null: the metric has to hold to the limit everywhere.</param>
/// <param name="From">The limit counts where the option is at least this.</param>
public sealed record MetricCheck(string Claim, string Otherwise, double AtMost, string? Along = null, double? From = null)
{
    /// <summary>Options of the component, name to value, without which nothing is checked; null: none.</summary>
    public IReadOnlyDictionary<string, string>? With { get; init; }
}
