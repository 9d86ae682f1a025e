using System.Globalization;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Engine.Measures;

/// <summary>Metrics that a component measured by itself: their names must be its own, and numbers that are none are told of.</summary>
/// <param name="who">The component, as <c>the method 'sat'</c>.</param>
/// <param name="noted">Told once of each metric that was not finite.</param>
public sealed partial class OwnMetrics(string who, Action<string> noted)
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 64;

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
            if (name.Length > LongestName || !Name().IsMatch(name))
                throw Fail(
                    $"returned a metric named '{(name.Length > LongestName ? name[..LongestName] + "…" : name)}': a name has lower-case letters, digits and hyphens, at most {LongestName} characters"
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

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
