using System.Globalization;
using Sat.Records;
using Sat.Records.Metrics;

namespace Sat.Engine.Measures;

/// <summary>Metrics that a component measured by itself: their names must be its own, and numbers that are none are told of.</summary>
/// <param name="who">The component, as <c>the method 'sat'</c>.</param>
/// <param name="noted">Told once of each metric that was not finite.</param>
public sealed class OwnMetrics(string who, Action<string> noted)
{
    private readonly HashSet<string> _told = [];

    /// <summary>The metrics that are finite numbers.</summary>
    /// <param name="metrics">What the component returned.</param>
    /// <param name="epoch">After which epoch, counted from 1.</param>
    /// <exception cref="SatException">There are none, or a name is the engine's or badly formed (exit code 3).</exception>
    public IEnumerable<KeyValuePair<string, double>> Finite(IReadOnlyDictionary<string, double>? metrics, int epoch)
    {
        if (metrics is null)
            throw Fail("returned null for its metrics: return an empty dictionary if there are none");
        var finite = new List<KeyValuePair<string, double>>();
        foreach (var (name, value) in metrics)
        {
            if (!MetricSchema.IsName(name))
                throw Fail(
                    $"returned a metric named '{(name.Length > MetricSchema.LongestName ? name[..MetricSchema.LongestName] + "…" : name)}': a name has lower-case letters, digits and hyphens, at most {MetricSchema.LongestName} characters"
                );
            if (MetricNames.Reserved.Contains(name))
                throw Fail($"returned a metric named '{name}', which the engine measures itself: choose another name");
            if (double.IsFinite(value))
                finite.Add(new(name, value));
            else if (_told.Add(name))
                noted(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{who} returned {value} for the metric '{name}' after epoch {epoch}: that value is left out"
                    )
                );
        }
        return finite;
    }

    private SatException Fail(string what) => new(ExitCode.RunFailed, $"{who} {what}");
}
